from dataclasses import replace
from datetime import timedelta

from forecast.cli.offering import offered
from questions.lint import register_of
from questions.records import Article, Binary, Finding, Question
from tests.forecast.cli.conftest import CLOSE, DRAFT, OPEN

ARTICLE = Article("", "The bridge will open", OPEN, "a.txt", "ab" * 32)
FAULTY = replace(DRAFT, title="Faulty?", problems=(Finding("error", "title", "it is", "mend it"),))
DOUBTED = replace(DRAFT, title="Doubted?", problems=(Finding("warning", "title", "so", "say"),))
OTHER = replace(DRAFT, title="Will the tunnel of Ulm open by 30 April 2090?", roles=())


def titles(found):
    return [one.title for _, drafts in found for one in drafts]


def test_errors_keep_a_draft_back_and_warnings_do_not():
    found = [(ARTICLE, [FAULTY, DOUBTED, DRAFT])]
    assert titles(offered(found, 8, every=False)) == ["Doubted?", DRAFT.title]
    assert len(titles(offered(found, 1, every=True))) == 3


def test_each_article_gives_so_many_at_most():
    found = [(ARTICLE, [DRAFT, OTHER]), (ARTICLE, [DOUBTED])]
    assert titles(offered(found, 1, every=False)) == [DRAFT.title, "Doubted?"]


def test_what_two_articles_suggest_is_offered_once():
    found = [(ARTICLE, [DRAFT]), (ARTICLE, [DRAFT, OTHER])]
    assert titles(offered(found, 8, every=False)) == [DRAFT.title, OTHER.title]


def test_what_an_open_question_asks_is_not_offered_again():
    asked = Question("Q1", OTHER.title, Binary(), OPEN, CLOSE + timedelta(days=9), "")
    found = [(ARTICLE, [OTHER, DRAFT])]
    assert titles(offered(found, 8, every=False, known=register_of([asked]))) == [DRAFT.title]
    (_, (told, _)) = offered(found, 8, every=True, known=register_of([asked]))[0]
    assert told.problems[0].what.startswith("Q1 asks this already")
