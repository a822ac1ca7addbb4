"""Each edition's pages lead to the other's, as long as there are any."""

from collections.abc import Collection, Iterable
from pathlib import Path


def other_edition(editions: Collection[str], output: Path, edition: str) -> str:
    """Name the folder of the other edition from this one's; empty without one.

    Parameters
    ----------
    editions : collection of str
        Those that are being made.
    output : path
        Where they lie, and others that were made before.
    """
    other = {"fr": "en", "en": "fr"}[edition]
    made = other in editions or (output / other / "index.html").exists()
    return f"../{other}" if made else ""


def misled(editions: Collection[str], output: Path, steps: Iterable[str]) -> set[str]:
    """Name the steps whose pages lead to an edition that is gone, or miss one."""
    found = set[str]()
    for edition in editions:
        home, other = output / edition, other_edition(editions, output, edition)
        pages = [*home.glob("index.html"), *home.glob("html/[0-9]*.html")]
        texts = (page.read_text(encoding="utf-8") for page in pages)
        if any((" hreflang=" in text) != bool(other) for text in texts):
            found |= {name for name in steps if name.startswith(f"{edition}/")}
    return {n for n in found if not n.endswith("/chapter") and "/run/" not in n}
