"""An Article becomes Drafts: events, windows, families, wording, ranking."""

from questions.drafting.writing import draft

__all__ = ["draft"]
