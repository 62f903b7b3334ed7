"""Chance that belongs to a name: the same seed and question give the same draws."""

from hashlib import sha256

import numpy as np


def generator(seed: int, name: str) -> np.random.Generator:
    """Random numbers that depend on nothing but a seed and a name."""
    digest = sha256(f"{seed}/{name}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:8])))
