"""A folder with a store in which every id that the help names is there, lived through once.

It is a replay that ends on 26 March 2023: four members, ten questions of the winter that are
resolved, drafts that wait, questions that are open, a ladder, reports of the demonstration.
"""

import json
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import forecast.examples

STORY = Path(forecast.examples.__file__).parent / "bakhmut"
UNTIL = "2023-03-26"
TEAM = ("Ana", "Bo", "Cleo", "Dan")
ANSWERS = ("yes", "no", "no", "yes", "no", "no", "no", "yes", "no", "no")

FIRST = 7
"""The number of the first question of the winter."""

CALL = "Will Xi Jinping and Volodymyr Zelenskyy speak by phone by 30 April 2023?"
VISIT = "Will Xi Jinping visit Russia by 31 March 2023?"
MEETING = "Will Xi Jinping and Volodymyr Zelenskyy meet in person by 30 April 2023?"
WHAT = "Yes if both governments say so. No otherwise. Void if neither says anything."
REPORTS = (
    {"id": "a", "text": "Xi Jinping and Volodymyr Zelenskyy spoke by phone.", "published": UNTIL},
)
QUESTIONS = ({"id": "q", "title": CALL},)


def asked(title: str, closes: str, at: str, *more: str) -> str:
    """The command that asks a question by hand."""
    return shlex.join(
        ["ask", title, "--closes", closes, "--criteria", WHAT, *more, "--at", at, "--as", "Ana"]
    )


def winter() -> list[str]:
    """Ten questions of January and February: asked, forecast by all four, resolved."""
    told = []
    for place, answer in enumerate(ANSWERS):
        name_of = f"Q{FIRST + place}"
        closes = f"2023-02-{10 + place}"
        title = f"Will convoy number {place + 1} cross the border by {10 + place} February 2023?"
        tags = ("--tag", "ukraine" if place % 2 else "logistics")
        told.append(asked(title, closes, f"2023-01-{place + 1:02d}", *tags))
        for number, name in enumerate(TEAM):
            prob = 0.5 + (0.35 - 0.1 * number) * (1 if answer == "yes" else -1)
            at = f"2023-01-{10 + place}T0{number}:00Z"
            told.append(f"predict {name_of} {prob:.0%} --as {name} -m 'a convoy a week' --at {at}")
        told.append(f"resolve {name_of} {answer} --at {closes}T12:00Z --source 'the border guard'")
    return told


def spring() -> list[str]:
    """The questions of March: drafts, three yes-or-no, a ladder, a number."""
    at = "2023-03-13"
    return [
        f"draft article.txt --published {at} --at {at}",
        asked(CALL, "2023-04-30", at, "--tag", "ukraine"),
        asked(VISIT, "2023-03-31", at),
        asked(MEETING, "2023-04-30", at),
        asked("Will a summit on grain open?", "2023-04-30", at, "--closes", "2023-06-30"),
        asked(
            "How many ships will leave Odesa in April 2023?",
            "2023-04-30",
            at,
            *("--type", "numeric", "--range", "0:200", "--unit", "ships"),
        ),
        "source add Reuters --domain reuters.com --grade B",
        "source add 'the court' --grade A",
    ]


def news() -> list[str]:
    """The reports up to the day on which the story stops, each read on its own."""
    files = sorted(path.name for path in (STORY / "reports").glob("*.txt"))
    return [f"read reports/{name} --at {name[:10]}T20:00Z" for name in files if name < UNTIL]


def said() -> list[str]:
    """What the team said and judged of the questions of March."""
    return [
        f"predict Q1 35% --as Ana -m 'talks are planned' --at {UNTIL}T01:00Z",
        f"predict Q1 50% --as Bo --at {UNTIL}T02:00Z",
        f"predict Q1 20% --as Cleo --at {UNTIL}T03:00Z",
        f"judge R1 Q1 --words 'slightly for yes' --as Bo --at {UNTIL}T04:00Z",
        f"link Q3 implies Q2 --at {UNTIL}T05:00Z",
    ]


def prepare(folder: Path, run: Callable[[str], str]) -> None:
    """Fill a folder with files and a store; ``run`` takes a command line without ``tidings``."""
    (folder / "article.txt").write_bytes((STORY / "article.txt").read_bytes())
    (folder / "report.txt").write_text(
        "The court issued an arrest warrant for a Russian official on Friday, its clerk said.\n",
        encoding="utf-8",
    )
    for name, rows in (("reports", REPORTS), ("questions", QUESTIONS)):
        text = "".join(f"{json.dumps(row)}\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    shutil.copytree(STORY / "reports", folder / "reports")
    run("init --replay --db tidings.db")
    for name in TEAM:
        run(f"member add {name} --at 2023-01-01")
    for line in [*spring(), *winter(), *news(), *said()]:
        run(line)
