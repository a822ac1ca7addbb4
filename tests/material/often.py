"""How many examples of a law are tried: all with ECRM_LONG=1, else the first few."""

import os

LONG = bool(os.environ.get("ECRM_LONG"))


def often(examples):
    """Give a fifth of a number of examples; ten are left where there are more."""
    return examples if LONG else min(examples, max(10, examples // 5))
