"""Pages of an invented newspaper, for the tests of articles."""

import json

BODY = (
    "The harbour of Vestby will be closed to large ships from Monday, its master said.",
    "Two cranes have to be repaired before the winter, and the work may take until June.",
    "Fishing boats can still use the southern quay, which was widened three years ago.",
    "The town council is expected to vote next week on who will pay for the repairs.",
)
LEAD = "Two cranes are to be repaired while fishing boats use the southern quay"
TITLE = "Vestby closes its harbour to large ships"
URL = "https://post.example/harbour"


def page(
    *,
    body: tuple[str, ...] = BODY,
    title: str = TITLE,
    head: str = "",
    top: str = "",
    bottom: str = "",
    linked: object = None,
    lang: str = "en",
) -> bytes:
    """A page in HTML with what is usual around an article."""
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked else ""
    text = "".join(f"<p>{one}</p>" for one in body)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{title} | Vestby Post</title>{head}'
        f"{script}</head><body><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
        f"<article><h1>{title}</h1>{top}{text}{bottom}</article>"
        "<footer><p>Vestby Post, Quay Street 1</p></footer></body></html>"
    ).encode()


def meta(**values: str) -> str:
    """Meta elements; two underscores stand for a colon."""
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">'
        for name, value in values.items()
    )


DATED = meta(article__published_time="2024-05-06T08:30:00+02:00", og__site_name="Vestby Post")
