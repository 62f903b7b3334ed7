"""The news in short, beside the overview."""

from forecast.show.digest import print_news
from forecast.views.digest import PARTS


def found(**parts):
    return {"member": "", **{key: [] for key in PARTS}, **parts}


def report(number, *, judged):
    return {
        "question": "Q1",
        "title": "Rain?",
        "report": f"R{number}",
        "headline": f"Clouds {number}",
        "source": "wire",
        "judged": judged,
    }


def test_new_reports_are_told_once_the_others_wait_in_the_overview(capsys):
    print_news(found(reported=[report(1, judged=True), report(2, judged=False)]))
    assert capsys.readouterr().out == "\nNew reports\n  R1 on Q1  Clouds 1 (wire)\n"


def test_without_news_there_is_nothing_to_print(capsys):
    print_news(found(reported=[report(2, judged=False)]))
    assert capsys.readouterr().out == ""
