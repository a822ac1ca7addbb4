"""Ways to spoil the compendium, each with the check that must notice it.

``mutations.csv`` holds one in each row: `operator`, the kind of mistake; `file`
from the project; what stands there (`old`) and what is put in its place (`new`;
where that is empty, the line that begins with `old` goes); the `check` that must
turn red, a verb or a test; and what that check `says` then. Failing for another
reason does not count, nor does saying it of an unspoilt copy.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ecrm_helpers.files import read_rows

#: Arguments of Python, run in the copy; a check ends with 0 where all is well.
Check = tuple[str, ...]

#: Checks that are no test, by the name a reader would call them.
CHECKS: dict[str, Check] = {
    "ecrm verify": ("-m", "ecrm_helpers", "verify"),
    "ecrm data": ("-m", "ecrm_helpers", "data"),
    "ecrm reproduce --check": ("-m", "ecrm_helpers", "reproduce", "--check"),
    "lint-imports": (
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
    ),
    # Runs a notebook as `reproduce` does, and nothing else.
    "04_interview_coding.ipynb": (
        "-c",
        "from pathlib import Path;"
        "from ecrm_helpers.compendium.run.execute import execute;"
        "execute(Path('notebooks/04_interview_coding.ipynb'),"
        " Path('output/04.ipynb'), {})",
    ),
}

_TEST = ("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider")


@dataclass(frozen=True)
class Mutation:
    """One way to spoil a copy: a row of the table under a name of its own."""

    name: str
    operator: str
    file: str
    old: str
    new: str
    check: str
    says: str

    @property
    def run(self) -> Check:
        """Give the check's arguments of Python."""
        return CHECKS.get(self.check) or (*_TEST, f"tests/{self.check}")

    def edit(self, text: str) -> str:
        """Spoil a text in the first place that fits."""
        if self.new:
            return text.replace(self.old, self.new, 1)
        line = rf"^[ ]*{re.escape(self.old)}.*\n"
        return re.sub(line, "", text, count=1, flags=re.MULTILINE)


def read_mutations() -> tuple[Mutation, ...]:
    """Read the table: its first of a kind has the operator's name alone."""
    met: Counter[str] = Counter()
    every = []
    for row in read_rows(Path(__file__).with_name("mutations.csv")):
        met[row["operator"]] += 1
        number = met[row["operator"]]
        name = row["operator"] + (f"_{number}" if number > 1 else "")
        every.append(Mutation(name, **row))
    return tuple(every)
