"""A verb loads what it uses: the command itself, nothing beyond Python."""

import os
import re
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

from ecrm_helpers.cli import MODULES, VERBS

#: What phrases are read with, libyaml's loader in Cython.
PHRASES = {"yaml", "_yaml", "cython_runtime"}
#: Prints what was loaded that is neither Python's own nor this package.
LOADED = """
import sys
own = {*sys.stdlib_module_names, "ecrm_helpers", "__main__"}
before = {name.partition(".")[0] for name in sys.modules}
%s
found = {name.partition(".")[0] for name in sys.modules} - before - own
print("loaded:", *sorted(found))
"""


def loaded(script, cwd=ROOT):
    done = subprocess.run(
        [sys.executable, "-c", LOADED % script],
        cwd=cwd,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    said, _, names = done.stdout.rpartition("loaded:")
    return said, {n for n in names.split() if not n.startswith("_cython_")}


def test_the_command_loads_nothing_beyond_python():
    assert loaded("import ecrm_helpers.cli")[1] == set()


def test_the_check_sees_what_is_loaded():
    assert {"yaml", "pydantic"} <= loaded("import ecrm_helpers.study")[1]


HELP = """
from ecrm_helpers.cli import main
for verb in %s:
    try: main([*verb.split(), "--help"])
    except SystemExit: pass
    print("and then", verb)
"""


def test_help_loads_nothing_but_its_phrases(tmp_path):
    """All verbs one after the other, in one process: it has loaded what each has."""
    said, found = loaded(HELP % ["", *VERBS], tmp_path)
    helps = re.split("and then .*\n", said)
    assert len(helps) == len(VERBS) + 2
    for verb, told in zip(["", *VERBS], helps, strict=False):
        assert told.startswith(f"usage: ecrm {verb}".rstrip())
    assert found <= PHRASES


def test_a_run_with_nothing_to_do_loads_nothing_but_its_phrases(output):
    script = "from ecrm_helpers.cli import main; main(['reproduce'])"
    said, found = loaded(script)
    assert "everything is up to date" in said
    assert found <= PHRASES


def test_each_verb_is_the_module_of_its_name_or_the_one_named_for_it():
    folder = Path(sys.modules["ecrm_helpers.cli"].__file__).parent
    found = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert found == {name.replace("-", "_") for name in VERBS.keys() - MODULES.keys()}
    for place in MODULES.values():
        assert (folder / f"{place.replace('.', '/')}.py").exists()
