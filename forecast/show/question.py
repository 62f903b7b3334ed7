"""One question as a person reads it on a terminal."""

from collections.abc import Mapping
from typing import Any

from forecast.show.crowd import elsewhere_lines
from forecast.show.explained import print_why
from forecast.show.kinds import print_numbers
from forecast.show.news import proposed, unjudged
from forecast.show.said import clarified, manner, print_said
from forecast.show.terminal import (
    Column,
    bar,
    by_day,
    clean,
    day,
    likelier,
    of_fit,
    percent,
    points,
    print_lines,
    print_table,
)
from forecast.show.ties import broken_lines
from forecast.show.when import said_by

Sheet = Mapping[str, Any]


def print_question(view: Sheet) -> None:
    """Print the view of a question: what is asked, believed, reported and forecast."""
    print_lines(_head(view))
    if view["type"] == "binary":
        print_lines(["", *_numbers(view)])
    else:
        print_numbers(view)
    print_why(view)
    if view["ties"]:
        print_lines(["", "Linked", *(line for tie in view["ties"] for line in _tie(tie))])
    if any(one["cause"] != "prior" for one in view["beliefs"]):
        print_lines(["", "What moved the belief"])
        print_table(view["beliefs"], _STEPS, nothing="")
    if view["proposals"]:
        print_lines(["", "Proposed as the answer", *(proposed(one) for one in view["proposals"])])
    if view["evidence"]:
        print_lines(["", _reports(view)])
        print_table(view["evidence"], _REPORTS, nothing="")
    if view["forecasts"]:
        print_lines(["", "Forecasts"])
        print_table(view["forecasts"], _FORECASTS, nothing="")
    print_said(view)


def _head(view: Sheet) -> list[str]:
    lines = [
        f"{view['id']}  {clean(view['title'])}",
        f"{_status(view)}; opened {day(view['open_time'])}, closes {_closes(view)}{_blind(view)}",
        "",
        *(clean(line) for line in view["resolution_criteria"].splitlines()),
        *(clean(line) for line in view["fine_print"].splitlines()),
    ]
    if said := clarified(view):
        lines += ["", *said]
    if view["quote"]:
        article = view["article"]
        origin = f" ({clean(article['title'])}, {day(article['published'])})" if article else ""
        lines += ["", f"“{clean(view['quote'])}”{origin}"]
    return lines


def _blind(view: Sheet) -> str:
    """What is hidden from whom, and until when; nothing of a question that is not blind."""
    blind = view.get("blind")
    if not blind:
        return ""
    until = f"blind until {by_day(blind['until'])}"
    if not blind["hidden"]:
        return f"; {until}"
    shown = "tidings predict, or tidings reveal, shows it"
    return f"; {until}: what others say of it is hidden from you ({shown})"


def _closes(view: Sheet) -> str:
    """The deadline, and of an open question how far away it is."""
    close = view["scheduled_close_time"]
    said = said_by(close, view["belief"]["at"])
    near = view["status"] == "open" and not said[0].isdigit()
    return f"{by_day(close)} ({said})" if near else by_day(close)


def _status(view: Sheet) -> str:
    if view["resolution"] is None:
        return str(view["status"])
    source = clean(view["resolution_source"])
    mark = ", disputed" if view.get("disputed") else ""
    return f"resolved {view['resolution']} on {day(view['resolved_at'])} ({source}){mark}"


def _numbers(view: Sheet) -> list[str]:
    prior = view["prior"]
    lines = [f"prior   {percent(prior['mean']):>6}  {bar(prior['mean'])}  {clean(prior['why'])}"]
    for name in ("belief", "joint"):
        if name not in view:
            continue
        held = view[name]
        stale = "; refit is due" if held["needs_refit"] else ""
        lines.append(
            f"{name:<7} {percent(held['prob']):>6}  {bar(held['prob'])}  {_word(held)}"
            f"{percent(held['ci_low'])} to {percent(held['ci_high'])} "
            f"({held['ci_prob']:.0%}), {of_fit(held['fit'])}{stale}"
        )
    crowd = view.get("crowd")
    if crowd and crowd["n"]:
        lines.append(
            f"crowd   {percent(crowd['prob']):>6}  {bar(crowd['prob'])}  {_word(crowd)}"
            f"{crowd['method']} of {crowd['n']}"
        )
    return [*lines, *elsewhere_lines(view.get("elsewhere", []))]


def _word(held: Sheet) -> str:
    return f"{held['word']}; " if held.get("word") else ""


def _cause(row: Sheet) -> str:
    """What moved a belief, with the rule that did so where no person has judged."""
    by = f" by {row['by']}" if row["by"].startswith("rule ") else ""
    return f"{row['cause']} {row['reference']}{by}".strip()


def _move(row: Sheet) -> str:
    return "" if row["before"] is None else points(row["after"] - row["before"])


def _reports(view: Sheet) -> str:
    share = unjudged(view["share"])
    return f"Reports: {share}, and count as neutral" if share else "Reports"


def _tie(tie: Sheet) -> list[str]:
    return [f"{tie['id']}  {tie['says']}", *broken_lines(tie)]


def _judged(row: Sheet) -> str:
    """What is said of a report; with their names, where several judges are not of one mind."""
    if row["retracted"]:
        better = row["retracted"]["corrected_by"]
        return f"retracted (see {better})" if better else "retracted"
    standing = [one for one in row["judgements"] if one["stands"]]
    if not standing and row["copy_of"]:
        return f"copy of {row['copy_of']}"
    said = [one["words"] or _strength(one) for one in standing]
    if len(set(said)) > 1:
        said = [f"{one['judge']}: {what}" for one, what in zip(standing, said, strict=True)]
    return "; ".join(dict.fromkeys(said)) or "not judged"


def _strength(judgement: Sheet) -> str:
    if judgement["judgement"] == "weighed":
        return likelier(judgement["weight"])
    if judgement["judgement"] == "decisive":
        return f"decisive for {'yes' if judgement['weight'] > 0 else 'no'}"
    return str(judgement["judgement"])


def _standing(row: Sheet) -> str:
    """Whether a forecast holds no more, and what of a blind question its author had seen."""
    past = "" if row["active"] else "withdrawn" if row["withdrawn"] else "past"
    return ", ".join(filter(None, (past, _SIGHT.get(row["shown"], ""))))


def _grounds(row: Sheet) -> str:
    return row["why"] or ("looked at again" if row["confirmed"] else "")


_SIGHT = {"blind": "blind", "revealed": "after a look"}
"""Of a blind question: made without the others' forecasts, or after having them revealed."""
_STEPS = [
    Column("on", lambda row: day(row["at"])),
    Column("what", _cause),
    Column("title", lambda row: row["title"], wraps=True),
    Column("from", lambda row: row.get("was_short") or percent(row["before"]), "right"),
    Column("to", lambda row: row.get("now_short") or percent(row["after"]), "right"),
    Column("points", _move, "right", spare=True),
]
_REPORTS = [
    Column("report", lambda row: row["report"]),
    Column("published", lambda row: day(row["published"]), spare=True),
    Column("title", lambda row: row["title"], wraps=True),
    Column("source", lambda row: row["source"], wraps=True, spare=True),
    Column("grade", lambda row: row["grade"], spare=True),
    Column("story", lambda row: row["story"], spare=True),
    Column("judged", _judged, wraps=True),
]
_FORECASTS = [
    Column("on", lambda row: day(_instant(row["made_at"]))),
    Column("who", lambda row: row["member"]),
    Column("says", manner, wraps=True),
    Column("", _standing),
    Column("why", _grounds, wraps=True),
]


def _instant(text: Any) -> Any:
    from questions.instants import parse_instant

    return parse_instant(text) if isinstance(text, str) else text
