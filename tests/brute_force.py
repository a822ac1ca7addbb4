"""What tests of admissible histograms try one by one."""


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
