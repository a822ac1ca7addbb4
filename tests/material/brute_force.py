"""What tests of admissible histograms try one by one."""

from fractions import Fraction

import numpy as np


def compositions(n, points):
    """Give all ways to share n answers out over the points."""
    if points == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in compositions(n - first, points - 1):
            yield (first, *rest)


def ends_fit(counts, summary):
    """Compare the least and the greatest answer with those printed."""
    given = [summary.low + step for step, count in enumerate(counts) if count]
    asked = summary.minimum, summary.maximum
    return all(
        end is None or end == reached
        for end, reached in zip(asked, (given[0], given[-1]), strict=True)
    )


def prints(table, r):
    """Tell whether Pearson's r of a table rounds to r, halves away from zero."""
    people = [(x, y, int(n)) for (x, y), n in np.ndenumerate(np.asarray(table)) if n]
    n = sum(count for *_, count in people)
    mean_x, mean_y = (
        Fraction(sum(person[k] * person[2] for person in people), n) for k in (0, 1)
    )
    xx = sum(count * (x - mean_x) ** 2 for x, _, count in people)
    yy = sum(count * (y - mean_y) ** 2 for _, y, count in people)
    xy = sum(count * (x - mean_x) * (y - mean_y) for x, y, count in people)
    if xx * yy == 0:
        return False
    half = Fraction(1, 2 * 10 ** len(r.partition(".")[2]))
    size, square = abs(Fraction(r)), xy * xy / (xx * yy)
    if size == 0:
        return square < half**2
    sign = -1 if Fraction(r) < 0 else 1
    return sign * xy > 0 and (size - half) ** 2 <= square < (size + half) ** 2
