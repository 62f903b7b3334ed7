"""What goes wrong is told in one line, also what the parser of the command line notices."""

import pytest


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["predcit", "Q1"], "no such command 'predcit'. Did you mean 'predict'"),
        (["show"], "missing argument 'question'; `tidings show --help` shows how"),
        (["show", "Q1", "Q2"], "got unexpected extra argument(s) (Q2); `tidings show --help`"),
        (["reopen", "Q1"], "missing option '--why' / '-m'; `tidings reopen --help` shows how"),
        (["questions", "--due", "soon"], "invalid value for '--due': it should be a valid number;"),
        (["fit", "--workers", "0"], "'--workers': it should be greater than or equal to 1;"),
        (["questions", "--du", "3"], "no such option: --du (Possible options: --db, --due);"),
        (["--nonsense"], "no such option: --nonsense; `tidings --help` shows how"),
        (["member", "lst"], "no such command 'lst'. Did you mean 'list'?"),
    ],
)
def test_a_wrong_call_is_one_line(shell, words, said):
    assert said in shell.refused(2, *words).replace("`root", "`tidings")


def test_a_noun_alone_shows_its_help(alone):
    result = alone("member")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Let somebody forecast." in result.stderr


def test_what_a_user_can_put_right_has_no_traceback_while_debugging(shell, monkeypatch):
    monkeypatch.setenv("TIDINGS_DEBUG", "1")
    assert shell.refused(3, "show", "Q99").startswith("no question 'Q99'")
    assert shell.refused(2, "show").startswith("missing argument")


def test_what_nobody_foresaw_shows_its_traceback_while_debugging(alone, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("the roof fell in")

    monkeypatch.setenv("TIDINGS_DEBUG", "1")
    monkeypatch.setattr("forecast.cli.setting.store_path", fail)
    assert isinstance(alone("questions").exception, RuntimeError)
