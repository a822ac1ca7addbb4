"""A project of an author's own: all that it begins with, as files.

Notebooks, environment and locks are copies of the compendium's, the package is a
wheel beside them; what is drafted, its README says.
"""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from ecrm_helpers.answers.dictionary import PLACE, written
from ecrm_helpers.answers.drafting import draft
from ecrm_helpers.answers.formats.kinds import content as answers_of
from ecrm_helpers.compendium.checks.privacy import ALLOW
from ecrm_helpers.compendium.plan.project import PACKAGE
from ecrm_helpers.compendium.run.tidy import tidied
from ecrm_helpers.files import STUDY, content, packed
from ecrm_helpers.interview.exchange.formats import folder_of, laid_out, read
from ecrm_helpers.interview.exchange.own.voices import heard, noted
from ecrm_helpers.interview.tables import OWN, read_interview
from ecrm_helpers.printed import Edition, say
from ecrm_helpers.study import Study
from ecrm_helpers.study.published import Reason, read_values

#: What a project is copied from; in a checkout its files are links.
KIT = Path(__file__).with_name("project")

#: Files of the kit that cannot bear their own name in it.
_NAMES = {
    "bootstrap": "bootstrap.py",
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "data.md": "data/README.md",
}

#: Where given files go: interviews not where the thesis's report lies, which is read
#: as a report.
_ANSWERS, _TALKS, _PRINTED = "data/raw", "data/interviews", "data/published"


def begun(
    answers: Path | None, talks: Sequence[Path], printed: Path | None, edition: Edition
) -> dict[str, bytes]:
    """Give the files of a new project, each under its path.

    Parameters
    ----------
    answers : path, optional
        A file of answers, of any form that is read; its study is drafted.
    talks : sequence of path
        Transcripts or coded interviews, or the one folder of an interview.
    printed : path, optional
        A table of printed values, which answers are then held against.
    edition : {"fr", "en"}
        The language of the study and of what is written.

    Returns
    -------
    dict of str to bytes

    Raises
    ------
    Wrong
        A file that was given cannot be read.
    """
    given: dict[str, str] = {}
    made: dict[str, bytes] = {}
    if answers:
        given["answers"] = f"{_ANSWERS}/{answers.name}"
        made[given["answers"]] = answers_of(answers)
    if talks:
        given["interview"] = _TALKS
        made |= {f"{_TALKS}/{k}": v for k, v in _interview(talks, edition).items()}
        made[ALLOW] = _allowed(made).encode()
    if printed:
        given["published"] = _PRINTED
        made |= {f"{_PRINTED}/{k}": v for k, v in _published(printed).items()}
    study = _study(answers, given, edition)
    made[STUDY] = study.encode()
    return made | _dictionary(study) | _copied(given, edition) | _wheel()


def _study(answers: Path | None, given: Mapping[str, str], edition: Edition) -> str:
    """Draft the study, and let it name what was given."""
    title = f'title: {{{edition}: "…"}}  # ? {say("draft_title", edition)}\n'
    text = draft(answers, edition).text if answers else title
    named = "".join(f"{key}: {_quoted(value)}\n" for key, value in given.items())
    return re.sub("(?m)^title: .*\n", lambda found: found[0] + named, text, count=1)


def _dictionary(study: str) -> dict[str, bytes]:
    """Describe the answers, where the draft can be read as it is."""
    try:
        found = Study.model_validate(yaml.safe_load(study))
    except ValidationError:
        return {}
    return {PLACE: written(found, [])} if found.questions else {}


def _quoted(text: str) -> str:
    """Write a text as both YAML and Python take it."""
    return json.dumps(text, ensure_ascii=False)


def _interview(talks: Sequence[Path], edition: Edition) -> dict[str, bytes]:
    """Take over the folder of an interview as it is, or read files into one."""
    (first, *_) = talks
    if first.is_dir() and (first / "codebook.csv").exists():
        read_interview(first.resolve(), edition)
        inside = (path for path in first.rglob("*") if path.is_file())
        return {path.relative_to(first).as_posix(): content(path) for path in inside}
    carried = read(talks)
    found, lost = laid_out(carried, first)
    return folder_of(noted(found, heard(carried)), lost)


def _allowed(made: Mapping[str, bytes]) -> str:
    """Allow what the privacy gate takes for names of persons, and is none."""
    rows = [f"{k},name,names of codes" for k in made if k.endswith("/codebook.csv")]
    for name, raw in made.items():
        named = [line for line in raw.splitlines()[1:] if not line.endswith(b",")]
        if name.endswith("/coders.csv") and not named:
            rows.append(f"{name},name,no coder is named")
    return "".join(f"{row}\n" for row in ["file,text,reason", *rows])


def _published(values: Path) -> dict[str, bytes]:
    """Take over printed values; no reason of any is declared yet."""
    read_values(values)
    head = f"{','.join(Reason._fields)}\n".encode()
    return {"values.csv": content(values), "reasons.csv": head}


def _copied(given: Mapping[str, str], edition: Edition) -> dict[str, bytes]:
    """Copy the kit; notebooks and Makefile name what was given."""
    named = {"answers": "data", "interview": "interview_data"}
    own = {"edition": edition} | {named[k]: v for k, v in given.items() if k in named}
    other = ".en.md" if edition == "fr" else ".fr.md"
    made = {}
    for path in sorted(KIT.rglob("*")):
        if path.is_dir() or path.name.endswith(other):
            continue
        name, raw = path.relative_to(KIT).as_posix(), path.read_bytes()
        if path.suffix == ".ipynb":
            raw = tidied(json.dumps(_own(json.loads(raw), own)).encode())
        elif name == "Makefile":
            raw = raw.replace(b"{edition}", edition.encode())
        name = name.replace(f".{edition}.md", ".md")
        made[_NAMES.get(name, name)] = raw
    return made


def _own(book: dict[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """Let a notebook declare what was given, and nothing of the thesis's results."""
    kept = book["metadata"]["ecrm"]
    short = {edition: name.split(" (")[0] for edition, name in kept["short"].items()}
    ours = {OWN: _TALKS, _PRINTED: _PRINTED}
    reads = sorted(ours[name] for name in ours.keys() & kept["reads"])
    less = {"produces": [], "shows": {}, "reads": reads}
    book["metadata"]["ecrm"] = kept | {"short": short, **less}
    book["cells"] = [cell for cell in book["cells"] if not _of_the_thesis(cell)]
    for cell in book["cells"]:
        if "parameters" in _tags(cell):
            lines = "".join(cell["source"])
            for name, value in given.items():
                line = f"{name} = {_quoted(value)}"
                lines = re.sub(f"(?m)^{name} = .*$", line.replace("\\", r"\\"), lines)
            cell["source"] = lines.splitlines(keepends=True)
    return book


def _of_the_thesis(cell: Mapping[str, Any]) -> bool:
    """Tell a cell that speaks of reconstructed answers, or of what the thesis says."""
    said = cell["id"] == "claim" or cell["id"].startswith("context-")
    return "reconstructed" in _tags(cell) or (said and "printed" in _tags(cell))


def _tags(cell: Mapping[str, Any]) -> set[str]:
    return set(cell["metadata"].get("tags", ()))


def _wheel() -> dict[str, bytes]:
    """Pack the installed package as a wheel, from its files and what describes it."""
    ours = distribution("ecrm-helpers")
    name = f"ecrm_helpers-{ours.version}"
    members = {
        f"ecrm_helpers/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes()
        for path in sorted(PACKAGE.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    }
    for part in ("METADATA", "WHEEL", "entry_points.txt"):
        members[f"{name}.dist-info/{part}"] = (ours.read_text(part) or "").encode()
    lines = [
        f"{place},sha256={base64.urlsafe_b64encode(sha256(raw).digest()).decode().rstrip('=')},{len(raw)}\n"
        for place, raw in members.items()
    ]
    record = f"{name}.dist-info/RECORD"
    members[record] = "".join([*lines, f"{record},,\n"]).encode()
    return {f"vendor/{name}-py3-none-any.whl": packed(members)}
