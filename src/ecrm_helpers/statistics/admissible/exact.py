"""Whole numbers of any size: added up, and drawn."""

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
    size = (most.bit_length() + 7) // 8
    drawn: list[int] = []
    while len(drawn) < k:
        number = int.from_bytes(rng.bytes(size), "big")
        if number < (1 << 8 * size) // most * most:
            drawn.append(number % most)
    return np.array(drawn, dtype=object)
