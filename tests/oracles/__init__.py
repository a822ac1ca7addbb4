"""What R printed, kept beside the scripts that made it print."""

from pathlib import Path

FOLDER = Path(__file__).parent


def values(text):
    """Read lines of ``name value``."""
    return {name: float(value) for name, value in map(str.split, text.splitlines())}


def print_out(name):
    """Read a kept print-out."""
    return values((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
