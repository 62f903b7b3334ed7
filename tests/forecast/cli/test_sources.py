"""The register of sources on the command line."""

import pytest

ADD = ("source", "add", "The Wire", "--alias", "wire", "--domain", "wire.example")


def test_a_source_is_described_listed_and_shown(shell):
    made = shell.data(*ADD, "--grade", "b", "--why", "corrects itself")
    assert (made["id"], made["grade"], made["head"]) == ("The Wire", "B", shell.head())
    (row,) = shell.data("source", "list")
    assert (row["name"], row["reports"], row["judged"], row["resolved"]) == ("The Wire", 1, 1, 0)
    assert (row["graded"], row["registered"], row["fit"]) == (True, True, "cold")
    shown = shell.ok("source", "show", "https://wire.example/a")
    assert shown.splitlines() == [
        "The Wire  (wire, wire.example)",
        "grade B: corrects itself",
        "1 report, 1 judged, 0 of them on resolved questions",
        "nothing is learned yet: there is no fit",
    ]


def test_what_cannot_be_judged_stands_apart_and_is_not_the_last_of_a_ranking(shell):
    shell.ok(*ADD, "--grade", "E")
    shell.ok("source", "add", "Nobody", "--grade", "F")
    shown = shell.ok("source", "list")
    ranked, apart = shown.split("Cannot be judged (F or no grade), which is not worst:")
    assert "The Wire" in ranked
    assert "Nobody" in apart
    assert [row["graded"] for row in shell.data("source", "list")] == [True, False]


def test_a_source_that_only_a_report_names_is_listed_to_be_described(shell):
    shown = shell.ok("source", "show", "wire")
    assert "grade (cannot be judged)" in shown
    assert "not in the register: tidings source add" in shown


def test_the_empty_register_says_how_it_is_filled(alone):
    alone.ok("init")
    assert "tidings source add NAME describes one" in alone.ok("source", "list")


@pytest.mark.parametrize(
    ("code", "words", "right"),
    [
        (2, ["source", "add", "A", "--grade", "Z"], "a letter A to F, such as B"),
        (2, ["source", "add", "A", "--domain", "no"], "such as example.org"),
        (3, ["source", "show", "Wir"], "no source 'Wir'; did you mean 'wire'?"),
    ],
)
def test_what_is_no_source_is_refused(shell, code, words, right):
    assert right in shell.refused(code, *words)
