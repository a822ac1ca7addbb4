"""The checksums of ``data/``: what is published there is not edited unseen."""

from hashlib import sha256
from pathlib import Path

from ecrm_helpers.compendium.plan.stamps import digests
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import language, say

_NAME = "SHA256SUMS"


def _sums(folder: Path) -> dict[str, str]:
    """Hash every file of the folder but the list itself and authors' raw data."""
    found = digests(folder, [folder])
    return {k: v for k, v in found.items() if k != _NAME and not k.startswith("raw/")}


def write(folder: Path) -> None:
    """Write the list anew, in the format of ``sha256sum``."""
    lines = [f"{value}  {name}\n" for name, value in _sums(folder).items()]
    write_atomically(folder / _NAME, "".join(lines).encode())


def changed(folder: Path) -> list[str]:
    """List the files that are changed, missing or not listed.

    A checkout of another system ends lines otherwise; what is read is the same.
    """
    text = (folder / _NAME).read_text(encoding="utf-8")
    listed = {line[66:]: line[:64] for line in text.splitlines()}
    faults, found = [], _sums(folder)
    for name in sorted(listed.keys() | found.keys()):
        if name not in found:
            faults.append(say("sum_missing", language(), file=name))
        elif name not in listed:
            faults.append(say("sum_unlisted", language(), file=name))
        elif listed[name] not in (found[name], _of_lines(folder / name)):
            faults.append(say("sum_changed", language(), file=name))
    return faults


def _of_lines(path: Path) -> str:
    """Hash a file as if its lines ended as they do in the repository."""
    return sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
