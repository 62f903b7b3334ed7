"""Paragraphs that a page carries beside its article: pleas, pointers and notices.

One row a kind: what it looks like, and an example. A test reads every example.
"""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A kind of paragraph that belongs to the page and not to the article."""

    pattern: str
    """Searched for in a paragraph, case ignored."""
    example: str


KINDS: Final = (
    Boilerplate(
        r"^(?:read more|read next|read also|also read|more|related|see also|watch|listen"
        r"|recommended|in pictures) ?[:|]",
        "READ MORE: The ferry that never sailed",
    ),
    Boilerplate(
        r"^\W*(?:read more|read next|see also|more stories|related(?: articles?| stories)?"
        r"|recommended|popular|most read|trending|advertisement|comments?|share(?: this article)?"
        r"|watch below|sign up|subscribe|log in)\W*$",
        "Related stories",
    ),
    Boilerplate(r"^more (?:from|on|stories)\b[^.]{0,60}$", "More from the harbour"),
    Boilerplate(r"^click (?:here|to|below)\b", "Click here to see the map."),
    Boilerplate(r"^.{0,60}\bclick here\W*$", "For the full table, click here."),
    Boilerplate(
        r"^\W*(?:please )?(?:sign up|subscribe|register)\b.{0,160}"
        r"\b(?:newsletters?|inbox|updates?|alerts?|podcasts?|deals|email)\b",
        "Sign up to get the day's news in your inbox.",
    ),
    Boilerplate(
        r"\b(?:sign|signing) up (?:to|for) (?:our|the|my|a)\b.{0,60}\bnewsletters?\b",
        "Never miss a ship by signing up to our weekly newsletter.",
    ),
    Boilerplate(
        r"^\W*(?:follow|like|find) (?:us|@?[\w.]+(?: [\w.]+){0,4}) on (?:our )?"
        r"(?:twitter|x|facebook|instagram|tiktok|youtube|google news|whatsapp|telegram)\b",
        "Follow the Harbour Post on Facebook and tell your friends.",
    ),
    Boilerplate(
        r"^\W*(?:got|do you have|have you got) (?:a|any) (?:story|tip|news|question|view)\b",
        "Do you have a story to tell? Write to us.",
    ),
    Boilerplate(
        r"\b(?:get in touch|contact us|email us|write to us)\b.{0,80}(?:@|\bemail|\bbelow\b)",
        "Get in touch with our news team by emailing us at desk@example.org.",
    ),
    Boilerplate(r"^for more stories like this\b", "For more stories like this, see our page."),
    Boilerplate(
        r"^\W*join (?:our|the) .{0,40}\b(?:forum|community|conversation|discussion|channel)\b",
        "Join our commenting forum",
    ),
    Boilerplate(
        r"^(?:you must|please) .{0,40}\b(?:log ?in|logout|display name|enable javascript)\b",
        "You must confirm your display name before commenting",
    ),
    Boilerplate(r"^log in or (?:create|sign)\b", "Log in or create an account to go on"),
    Boilerplate(
        r"\b(?:browser version with limited support|your browser (?:does not|doesn.t) support"
        r"|upgrade your browser|use a more up to date browser)\b",
        "Your browser does not support this player.",
    ),
    Boilerplate(r"^our standards ?:", "Our standards: the principles of the Harbour Post."),
    Boilerplate(
        r"^\W*(?:additional )?(?:reporting|writing|editing|research) by (?-i:[A-Z])",
        "Reporting by Ada Berg in Oslo; editing by Jo Lind",
    ),
    Boilerplate(
        r"^(?:©|\(c\)|copyright)(?: ©)? ?\d{4}\b|\ball rights reserved\W*$",
        "Copyright 2024 Harbour Post. All rights reserved.",
    ),
    Boilerplate(
        r"\bthis (?:article|story|page) (?:may contain|contains) affiliate links\b"
        r"|\bwe may (?:earn|receive) .{0,30}commission\b",
        "We may earn a small commission from links on this page.",
    ),
    Boilerplate(
        r"^this is a (?:breaking|developing) (?:news? )?story\b",
        "This is a breaking story, more to follow",
    ),
    Boilerplate(r"^[\W_]*$", "___"),
)
_ANY: Final = re.compile("|".join(f"(?:{kind.pattern})" for kind in KINDS), re.IGNORECASE)
_LONGEST: Final = 400
"""A longer paragraph tells something, whatever it begins with."""


def is_boilerplate(paragraph: str) -> bool:
    """Whether a paragraph belongs to the page rather than to the article.

    >>> is_boilerplate("READ MORE: Ten bridges"), is_boilerplate("Read more books, he said.")
    (True, False)
    """
    return len(paragraph) <= _LONGEST and bool(_ANY.search(paragraph))
