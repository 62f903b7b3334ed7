"""The inbox, a story and question at a time, by keyboard: one key a judgement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from forecast.cli.believed import believed, moved
from forecast.cli.keyboard import Person
from forecast.cli.output import say, write
from forecast.records import Judgement
from questions.errors import TidingsError

if TYPE_CHECKING:
    from forecast.desk.desk import Desk

Row = dict[str, Any]
Pair = tuple[str, str]

STRENGTHS: Final = {
    "1": "strongly for no",
    "2": "moderately for no",
    "3": "slightly for no",
    "5": "slightly for yes",
    "6": "moderately for yes",
    "7": "strongly for yes",
}
"""A scale of evidence, from no to yes; 4, in its middle, is a ratio of one."""
SETTLES: Final = {"Y": "yes", "N": "no"}
SHORT: Final = "1-7 no to yes, i irrelevant, d dismiss story, o open, k skip, u undo, ? keys"
KEYS: Final = (
    "1 2 3  for no: strongly, moderately, slightly",
    "5 6 7  for yes: slightly, moderately, strongly;  4  as likely either way",
    "Y N    it settles the question: proposes yes, no",
    "i      irrelevant to this question;  d  dismiss the story;  D  all that only may bear",
    "n      a note with the next judgement;  o  open the text;  O  all of it",
    "s      what a program suggests; after your own judgement it is shown anyway",
    "u      undo the last judgement;  k  skip;  q  quit",
)
_ENDS: Final = "\x03\x04"


@dataclass(slots=True)
class Round:
    """A pass over the inbox: what lies there, what was done so far."""

    desk: "Desk"
    rows: Sequence[Row]
    person: Person
    done: dict[int, str] = field(default_factory=dict)
    """The rows that were judged, by their place."""
    past: list[list[int]] = field(default_factory=list)
    """What each step has judged, so that it can be undone."""
    place: int = 0
    note: str = ""
    steps: int = 0
    shown: tuple[str, int] = ("", -1)
    """The story and the row that were shown last."""


def step_through(desk: "Desk", rows: Sequence[Row], person: Person) -> int:
    """Ask about each story and question; returns how many judgements stand in the end.

    Each is recorded when it is given; an undo is an entry that takes it back.
    """
    here = Round(desk, rows, person)
    while (key := _next(here)) != "q":
        try:
            _answer(here, key)
        except TidingsError as error:
            say(f"    {error}")
    say(f"{len(here.done)} judged, {len(rows) - len(here.done)} left (tidings inbox)")
    return len(here.done)


def _next(here: Round) -> str:
    """The next key, with what it is about on the screen; at the end only an undo goes on."""
    while here.place < len(here.rows) and here.place in here.done:
        here.place += 1
    if here.place < len(here.rows):
        _present(here)
        return _key(here.person)
    if here.past:
        write("    that was the last: u undo, any other key ends\n")
    return "u" if here.past and _key(here.person) == "u" else "q"


def _present(here: Round) -> None:
    """Show the story and question at this place, unless they are on the screen."""
    from forecast.show.news import print_asked, print_story

    row, (story, place) = here.rows[here.place], here.shown
    if row["story"] != story:
        write("\n")
        print_story(row, f"{here.place + 1} of {len(here.rows)}")
    if here.place != place:
        held, share = believed(here.desk, row["question"])
        print_asked({**row, **share}, held)
        if row["suggested"]:
            write("    a suggestion waits; it is shown after your judgement, or with s\n")
        write(f"    {SHORT}\n")
    here.shown = row["story"], here.place


def _key(person: Person) -> str:
    """The next key; the end of input means quit."""
    try:
        key = person.key()
    except KeyboardInterrupt:
        return "q"
    return "q" if key == "" or key in _ENDS else key


def _answer(here: Round, key: str) -> None:
    """Do what a key says; one that says nothing does nothing."""
    if key in STRENGTHS or key in SETTLES or key in "4i":
        _judge(here, key)
    elif key in _DEEDS:
        _DEEDS[key](here)


def _judge(here: Round, key: str) -> None:
    from forecast.desk.judging import judge

    row = here.rows[here.place]
    if key != "i" and row["type"] != "binary":
        write("    this is no yes-or-no question: tidings judge weighs it\n")
        return
    judgement, weight, words = _meant(key)
    before, _ = believed(here.desk, row["question"])
    report, question = row["report"], row["question"]
    judge(_step(here), report, question, judgement, weight, words=words, why=here.note)
    after, _ = believed(here.desk, question)
    said = words or {"weighed": "as likely either way"}.get(judgement, judgement)
    write(f"    {question}: {said}; {moved(before, after)}\n")
    _show_suggestions(here, row)
    if key in SETTLES:
        write(f"    proposed; then: tidings resolve {question} {SETTLES[key]} --source ...\n")
    _settle(here, [here.place], said)


def _show_suggestions(here: Round, row: Row | None = None) -> None:
    """Show what programs suggest of the report and question at this place."""
    from forecast.show.news import print_suggestions

    print_suggestions((row or here.rows[here.place])["suggested"])


def _meant(key: str) -> tuple[Judgement, float, str]:
    """What a key says: the judgement, its weight in nats, its words."""
    from forecast.desk.judging import decisive_weight, ratio_of_words, weight_of_ratio

    if key in STRENGTHS:
        return "weighed", weight_of_ratio(ratio_of_words(STRENGTHS[key])), STRENGTHS[key]
    if key in SETTLES:
        return "decisive", decisive_weight(SETTLES[key]), ""
    return ("irrelevant", 0.0, "") if key == "i" else ("weighed", 0.0, "")


def _dismiss_story(here: Round) -> None:
    story = here.rows[here.place]["story"]
    _dismiss_all(here, [at for at in _left(here) if here.rows[at]["story"] == story])


def _dismiss_maybes(here: Round) -> None:
    """Dismiss what only may bear on a question, once that is confirmed."""
    places = [at for at in _left(here) if here.rows[at]["decision"] == "maybe"]
    if not places:
        write("    nothing that is left only may bear on a question\n")
        return
    write(f"    dismiss {len(places)} that only may bear on a question? y or n\n")
    if _key(here.person) == "y":
        _dismiss_all(here, places)


def _dismiss_all(here: Round, places: list[int]) -> None:
    from forecast.desk.judging import dismiss

    dismiss(_step(here), [_pair(here.rows[at]) for at in places], why=here.note)
    write(f"    {', '.join('/'.join(_pair(here.rows[at])) for at in places)}: irrelevant\n")
    _settle(here, places, "irrelevant")


def _undo(here: Round) -> None:
    from forecast.desk.judging import take_back

    if not here.past:
        write("    there is nothing to undo\n")
        return
    for at in here.past.pop():
        report, question = _pair(here.rows[at])
        take_back(_step(here), report, question, why="undone")
        del here.done[at]
        held, _ = believed(here.desk, question)
        write(f"    {question}: undone; belief {held}\n")
        here.place = min(here.place, at)
    here.shown = "", -1


def _open(here: Round, *, whole: bool) -> None:
    from forecast.show.news import print_text
    from questions.store import shelf

    row = here.rows[here.place]
    with here.desk.reading() as read:
        text = shelf.find_report(read, row["report"]).text
    print_text(text or "", row["asks"], whole=whole)


def _settle(here: Round, places: list[int], said: str) -> None:
    here.done |= dict.fromkeys(places, said)
    here.past.append(places)
    here.note = ""


def _left(here: Round) -> list[int]:
    return [at for at in range(len(here.rows)) if at not in here.done]


def _pair(row: Row) -> Pair:
    return row["report"], row["question"]


def _step(here: Round) -> "Desk":
    """The desk with the clock's reading and a key for this one step."""
    from forecast.cli.setting import clock

    here.steps += 1
    now = clock() if here.desk.store.label == "live" else here.desk.now
    return replace(here.desk, now=now, key=f"{here.desk.key}/{here.steps}")


def _note(here: Round) -> None:
    here.note = here.person.line("    note: ").strip()


def _skip(here: Round) -> None:
    here.place += 1


def _tell_keys(_here: Round) -> None:
    write("".join(f"    {line}\n" for line in KEYS))


_DEEDS: Final[Mapping[str, Callable[[Round], None]]] = {
    "d": _dismiss_story,
    "D": _dismiss_maybes,
    "u": _undo,
    "o": partial(_open, whole=False),
    "O": partial(_open, whole=True),
    "s": _show_suggestions,
    "n": _note,
    "k": _skip,
    "?": _tell_keys,
}
