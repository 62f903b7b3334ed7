"""What a page is like in a browser, as scripts that run in it."""

OVERFLOWING = """() => {
  const wide = document.documentElement.clientWidth;
  return [...document.body.querySelectorAll('*')]
    .filter(one => !one.closest('svg') && !one.closest('.skip') && !one.closest('thead'))
    .filter(one => one.getBoundingClientRect().right > wide + 1)
    .map(one => one.outerHTML.slice(0, 90));
}"""
"""The elements that reach beyond the right edge of the window."""

FAINTEST = """() => {
  const parsed = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([red, green, blue]) => [red, green, blue]
    .map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const paper = parsed(getComputedStyle(document.body).backgroundColor);
  const contrast = colour => {
    const [low, high] = [light(parsed(colour)), light(paper)].sort((one, two) => one - two);
    return (high + 0.05) / (low + 0.05);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    const unseen = ['title', 'style'].includes(holder.tagName.toLowerCase());
    if (unseen || !walker.currentNode.data.trim()) continue;
    const style = getComputedStyle(holder);
    const colour = holder.closest('svg') ? style.fill : style.color;
    found.push([contrast(colour), walker.currentNode.data.trim().slice(0, 40)]);
  }
  return found.sort((one, two) => one[0] - two[0])[0];
}"""
"""The least contrast of any text with the paper (WCAG 2.2, relative luminance), and the text."""

OUTLINE = (
    """() => [...document.querySelectorAll('h1, h2, h3, h4')].map(one => Number(one.tagName[1]))"""
)

UNNAMED = """() => [
  ...[...document.querySelectorAll('section, nav, article')]
    .filter(one => !one.getAttribute('aria-label')
      && !document.getElementById(one.getAttribute('aria-labelledby'))?.textContent.trim()),
  ...[...document.querySelectorAll('svg')].filter(one => one.getAttribute('role') !== 'img'
      || !document.getElementById(one.getAttribute('aria-labelledby'))?.textContent.trim()),
  ...[...document.querySelectorAll('a')].filter(one => !one.textContent.trim()),
  ...[...document.querySelectorAll('table')].filter(one => !one.caption?.textContent.trim()
      || [...one.querySelectorAll('th')].some(head => !head.scope)),
].map(one => one.outerHTML.slice(0, 90))"""
"""Landmarks, pictures, links and tables that a screen reader could not name."""

FOCUSED = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    href: one.getAttribute('href'),
    marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.right > 0 && box.width > 0,
    place: [...document.querySelectorAll('a')].indexOf(one),
  };
}"""
"""What has the focus, whether that can be seen, and its place in the text."""

PAGED = """([wide, tall]) => {
  Object.assign(document.body.style, {
    width: `${wide}px`, height: `${tall}px`, columns: `${wide}px auto`, columnGap: 0,
    columnFill: 'auto',
  });
}"""
"""Break the text into columns as wide and as high as the pages of a printer, by the same rules."""

TORN = """wide => {
  const page = box => Math.floor((box.left + scrollX + 1) / wide);
  const pages = one => [...one.getClientRects()].filter(box => box.height).map(page);
  const first = one => Math.min(...pages(one));
  const last = one => Math.max(...pages(one));
  const follows = one => one.matches('caption')
    ? one.parentElement.querySelector('tbody tr') : one.nextElementSibling;
  const begins = one => one.matches('table') ? one.querySelector('tbody tr')
    : one.querySelector(':scope > figure') ?? one;
  return [
    ...[...document.querySelectorAll('figure, tr, li, h2, h3, h4')]
      .filter(one => first(one) < last(one)),
    ...[...document.querySelectorAll('h2, h3, h4, caption, .finding')]
      .filter(one => last(one) !== first(begins(follows(one)))),
  ].map(one => one.outerHTML.slice(0, 90));
}"""
"""What is broken over two such pages, and headings that stand on another than what follows."""
