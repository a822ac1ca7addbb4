"""Ways to spoil the code, by operator: each in some room, with the test that notices.

An operator is a kind of mistake; its phrase is ``mutation_<operator>``. The table
beside this file gives the file of the package, what stands there and what is put
in its place, and the test from ``tests/`` that must fail of the spoilt copy alone.
"""

from pathlib import Path

from ecrm_helpers.compendium.checks.mutations import (
    MUTATIONS,
    Mutation,
    replaced,
    test,
)
from ecrm_helpers.files import read_rows

CODE = tuple(
    Mutation(
        f"{row['operator']}_{place}",
        f"src/ecrm_helpers/{row['file']}",
        replaced(row["old"], row["new"]),
        test(row["test"]),
        "FAILED",
        row["operator"],
    )
    for place, row in enumerate(read_rows(Path(__file__).with_suffix(".csv")), 1)
)

#: What `prove` tries: over data, print, pages, records, environment and code.
ALL = (*MUTATIONS, *CODE)
