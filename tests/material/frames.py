"""Columns side by side, as the estimates take them: a frame, then two names."""

import pandas as pd


def together(first, second):
    """Put two columns of the same respondents into one frame."""
    return pd.DataFrame({"first": first, "second": second}), "first", "second"
