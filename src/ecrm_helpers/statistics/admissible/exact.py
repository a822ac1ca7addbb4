"""Whole numbers of any size: added up, and drawn."""

import random
from typing import Any

import numpy as np
from numpy.typing import NDArray


def total(weights: NDArray[Any]) -> int:
    """Add up without overflow; whole numbers of any size where need be."""
    safe = weights.sum(dtype=float) < 2**62
    return int(weights.sum(dtype=None if safe else object))


def below(most: int, k: int, rng: np.random.Generator) -> NDArray[Any]:
    """Draw k whole numbers below one of any size, all alike."""
    if most < 2**63:
        return rng.integers(0, most, k)
    chance = random.Random(rng.bytes(32))
    return np.array([chance.randrange(most) for _ in range(k)], dtype=object)
