"""What was made from what: one record of a run, also as a research object.

The record stands in ``output/run.json``; ``output/ro-crate-metadata.json``
holds the same facts in the terms of RO-Crate, for archives that read it.
Times and disk are measured by the run; nothing here is typed by hand.
"""

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import metadata, version
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ecrm_helpers import programs
from ecrm_helpers.compendium.plan.git import git
from ecrm_helpers.compendium.plan.project import RECORD
from ecrm_helpers.compendium.plan.stamps import Stamp, digest, digests
from ecrm_helpers.compendium.render.paper import RELEASED
from ecrm_helpers.files import write_whole
from ecrm_helpers.printed import say

_LIBRARIES = (
    "ecrm-helpers", "numpy", "pandas", "scipy", "pingouin", "matplotlib",
    "papermill", "nbconvert", "pypandoc-binary", "typst",
)  # fmt: skip

#: What a run is made from, where the compendium has it.
_INPUTS = ("data", "notebooks", "src", "study.yml")


def record(
    root: Path,
    stamps: Mapping[str, Stamp],
    editions: Sequence[str],
    parameters: Mapping[str, object],
    seconds: float,
) -> dict[str, Any]:
    """Describe a finished run.

    Parameters
    ----------
    stamps : mapping of str to Stamp
        The record of each step, under the step's name; those of earlier runs
        that this one found up to date too.
    editions : sequence of str
        The editions made.
    parameters : mapping
        Parameters given to the notebooks.
    seconds : float
        Time this run took.

    Returns
    -------
    dict
        Ready for JSON: commit and whether the checkout differs from it, lock,
        machine, versions, surroundings, hashes of inputs and of outputs,
        parameters, time of each step when it was last done (seconds), disk (bytes).
    """
    commit = git(root, "rev-parse", "HEAD")
    changed = bool(git(root, "status", "--porcelain"))
    made = {root / name for stamp in stamps.values() for name in stamp.made()}
    return {
        "commit": commit or None,
        "changed_since_commit": changed if commit else None,
        "lock": digest(root / "requirements.lock"),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "cores": os.cpu_count(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "surroundings": _surroundings(),
        "editions": list(editions),
        "parameters": {name: _named(value) for name, value in parameters.items()},
        "seconds": round(seconds, 1),
        "steps": {name: stamp.seconds() for name, stamp in stamps.items()},
        "disk": {"output": _bytes(root / "output"), "environment": _environment()},
        "inputs": digests(root, [root / n for n in _INPUTS if _holds(root / n)]),
        "made": digests(root, made),
    }


def _surroundings() -> dict[str, Any]:
    """Tell what notebooks and programs of others saw of the machine.

    Of variables that are taken over the names alone are told, and no place of
    the user's; all that is neither set nor taken over was cleared.
    """
    seen, said = programs.surroundings(), programs.pandoc(["--version"]).stdout
    places = {seen["HOME"]: "(an empty folder)", sys.prefix: "(the environment)"}
    places[seen.get("PYTHONPATH", seen["HOME"])] = "(the package)"
    made = {name: seen[name] for name in sorted(seen.keys() - {*programs.KEPT})}
    for place, stands in sorted(places.items(), reverse=True):  # the longest first
        made = {name: value.replace(place, stands) for name, value in made.items()}
    return {
        "set": made,
        "taken_over": sorted(seen.keys() & {*programs.KEPT}),
        "all_others": "cleared",
        "pandoc": said.decode().split("\n")[0].strip(),
    }


def _named(value: object) -> object:
    """Name a file that lies elsewhere by its name and content, not by its folder."""
    path = Path(value) if isinstance(value, str) else None
    if path is None or not path.is_absolute():
        return value
    return f"{path.name} (SHA-256 {digest(path)})" if path.is_file() else path.name


def _holds(path: Path) -> bool:
    """Tell whether there is a file at a place, or in a folder."""
    return path.is_file() or any(one.is_file() for one in path.rglob("*"))


def write(output: Path, run: Mapping[str, Any], title: str) -> list[Path]:
    """Keep a record and the crate made from it in the output's folder; name both."""
    kept = zip(RECORD, (run, crate(run, title)), strict=True)
    texts = ((n, json.dumps(of, indent=1, ensure_ascii=False)) for n, of in kept)
    return write_whole({output / name: f"{text}\n".encode() for name, text in texts})


def crate(run: Mapping[str, Any], title: str) -> dict[str, Any]:
    """Give the record of a run as RO-Crate metadata of the folder ``output/``.

    Parameters
    ----------
    run : mapping
        As `record` gives it.
    title : str
        Of the compendium.

    Returns
    -------
    dict
        JSON-LD: each file made is a part of the crate with its SHA-256; what
        lies outside the folder (data, code) is named with its own.

    References
    ----------
    .. [1] Soiland-Reyes et al. (2022). Packaging research artefacts with
       RO-Crate. Data Science 5, 97-138. doi:10.3233/DS-210053
    """
    from rocrate.model.contextentity import ContextEntity
    from rocrate.rocrate import ROCrate

    whole = ROCrate()

    def named(name: str, kind: str, **properties: object) -> ContextEntity:
        facts = {"@type": kind, "name": name, **properties}
        return whole.add(ContextEntity(whole, f"#{quote(name)}", properties=facts))

    whole.name, whole.description = title, say("chapter_subtitle", "en")
    whole.datePublished = RELEASED
    whole.license = "https://spdx.org/licenses/CC-BY-4.0"
    whole.root_dataset["author"] = named(say("contributors", "en"), "Project")
    inside = {n: h for n, h in run["made"].items() if n.startswith("output/")}
    places = {n: n.removeprefix("output/") for n in inside}
    files = [
        whole.add_file(None, places[n], properties=_file(n, inside[n])) for n in inside
    ]
    whole.add_file(dest_path="run.json", properties={"name": "run.json"})
    sources = [named(n, "CreativeWork", sha256=h) for n, h in run["inputs"].items()]
    tools = {"python": run["python"], **run["libraries"]}
    tooled = [named(n, version=number, **_program(n)) for n, number in tools.items()]
    action = whole.add_action(
        tooled, "#run", sources, files, {"name": "make reproduce"}
    )
    action["additionalProperty"] = [
        named(name, "PropertyValue", value=value) for name, value in _facts(run)
    ]
    return dict(whole.metadata.generate())


def _program(name: str) -> dict[str, str]:
    """Tell what a program is for an archive, and where it is at home."""
    if name == "python":
        return {"kind": "SoftwareApplication", "url": "https://www.python.org/"}
    told = metadata(name).get_all("Project-URL") or []
    places = dict(place.split(", ", 1) for place in told)
    at = places.get("homepage", places.get("Homepage", next(iter(places.values()), "")))
    return (
        {"kind": "SoftwareApplication", "url": at} if at else {"kind": "CreativeWork"}
    )


def _file(name: str, content: str) -> dict[str, str]:
    kind = guess_type(name)[0] or "application/octet-stream"
    return {"name": Path(name).name, "sha256": content, "encodingFormat": kind}


def _facts(run: Mapping[str, Any]) -> list[tuple[str, object]]:
    """List what RO-Crate has no word for, each under its path in the record."""
    facts: list[tuple[str, object]] = []
    for key in ("commit", "changed_since_commit", "lock", "platform", "cores"):
        facts.append((key, run[key]))
    for key in ("parameters", "steps", "disk"):
        facts += [(f"{key}/{name}", value) for name, value in run[key].items()]
    return [*facts, ("seconds", run["seconds"])]


@cache
def _environment() -> int:
    """Measure the environment, which no run changes, once."""
    return _bytes(sys.prefix)


def _bytes(folder: str | Path) -> int:
    """Measure the files of a folder."""
    return sum(
        os.lstat(os.path.join(place, name)).st_size
        for place, _, names in os.walk(folder)
        for name in names
    )
