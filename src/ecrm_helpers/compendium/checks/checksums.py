"""The checksums of ``data/``: what is published there is not edited unseen."""

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
    """List the files that are changed, missing or not listed."""
    text = (folder / _NAME).read_text(encoding="utf-8")
    listed = {line[66:]: line[:64] for line in text.splitlines()}
    found = _sums(folder)
    return [
        say(_what(name in found, name in listed), language(), file=name)
        for name in sorted(listed.keys() | found.keys())
        if listed.get(name) != found.get(name)
    ]


def _what(found: bool, listed: bool) -> str:
    """Give the phrase of what is wrong with a file."""
    return "sum_missing" if not found else "sum_changed" if listed else "sum_unlisted"
