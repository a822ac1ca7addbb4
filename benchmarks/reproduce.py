"""A full run of the French edition beside the stock route, in one go.

The stock route runs the command lines of papermill and of ``jupyter nbconvert
--to html``, one of each per notebook. Ours makes more (PDF, chapter, site,
tables, figures, ledger) from the same notebooks. Both start with compiled
bytecode and warm file caches; each figure is the median of the runs.

    python benchmarks/reproduce.py [runs]
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def stock(folder: Path) -> None:
    """Run and render each notebook by the two command lines."""
    for book in NOTEBOOKS:
        made = folder / book.name
        for command in (
            ["papermill", book, made, "-p", "edition", "fr", "--no-progress-bar"],
            ["jupyter", "nbconvert", "--to", "html", made],
        ):
            program = Path(sys.executable).with_name(str(command[0]))
            subprocess.run([program, *command[1:]], check=True, capture_output=True)


def ours(folder: Path, jobs: int) -> None:
    """Make everything from scratch, in the checkout's own output folder."""
    shutil.rmtree(ROOT / "output" / "fr", ignore_errors=True)
    shutil.rmtree(ROOT / "output" / ".stamps", ignore_errors=True)
    command = [sys.executable, "-m", "ecrm_helpers", "reproduce", "--jobs", str(jobs)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def seconds(route: Callable[..., None], *arguments: int) -> float:
    """Time one run of a route in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        route(Path(folder), *arguments)
        return time.perf_counter() - started


def main() -> None:
    """Print the times of the three routes and the ratios to the stock one."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    routes = {"stock": (stock,), "ours, JOBS=1": (ours, 1), "ours, JOBS=2": (ours, 2)}
    taken: dict[str, list[float]] = {name: [] for name in routes}
    for _ in range(runs):
        for name, (route, *arguments) in routes.items():
            taken[name].append(seconds(route, *arguments))
    base = statistics.median(taken["stock"])
    for name, times in taken.items():
        middle = statistics.median(times)
        print(f"{name:14} {middle:6.1f} s   {middle / base:.2f} of stock")


if __name__ == "__main__":
    main()
