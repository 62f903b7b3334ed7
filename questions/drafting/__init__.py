"""An Article becomes Drafts: events, windows, families, wording, ranking."""

from typing import TYPE_CHECKING

from questions.records import Article, Draft

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["draft"]


def draft(article: Article, language: "Language") -> list[Draft]:
    """The questions that an article suggests; see :func:`questions.drafting.writing.draft`."""
    # The linter reads time phrases with this package's windows, and drafting calls the linter.
    from questions.drafting import writing

    return writing.draft(article, language)
