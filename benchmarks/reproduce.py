"""A full run of the French edition beside the stock route, in one go.

The stock route runs the command lines of papermill and of ``jupyter nbconvert
--to html``, one of each per notebook. Ours makes more (PDF, chapter, site,
tables, figures, ledger) from the same notebooks. Both start with compiled
bytecode and warm file caches; each figure is the median of the runs. CPU seconds,
of all processes, stand beside the wall's: they hold on a machine that is shared.
The floor (`floor.py`) is the same work in one process that loads all once.

    python benchmarks/reproduce.py [runs]
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: Those that the thesis has a hypothesis for, as a run takes them.
NOTEBOOKS = sorted((ROOT / "notebooks").glob("0[1-4]*.ipynb"))


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


def ours(folder: Path, *options: str) -> None:
    """Make everything from scratch, in the checkout's own output folder."""
    shutil.rmtree(ROOT / "output" / "fr", ignore_errors=True)
    shutil.rmtree(ROOT / "output" / ".stamps", ignore_errors=True)
    command = [sys.executable, "-m", "ecrm_helpers", "reproduce", *options]
    command += ["--project", str(ROOT)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def floor(folder: Path) -> None:
    """Run the same cells, and render the same pages, in one process."""
    command = [sys.executable, str(ROOT / "benchmarks/floor.py")]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def nothing(folder: Path) -> None:
    """Find that nothing is to be done."""
    command = [sys.executable, "bootstrap.py", "reproduce"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def seconds(route: Callable[..., None], *options: str) -> tuple[float, float]:
    """Time one run of a route in an empty folder: by the wall, and of processors."""
    with tempfile.TemporaryDirectory() as folder:
        before, started = os.times(), time.perf_counter()
        route(Path(folder), *options)
        wall, after = time.perf_counter() - started, os.times()
    user = after.children_user - before.children_user
    return wall, user + after.children_system - before.children_system


#: The last finds nothing to do, after those that make all.
ROUTES: dict[str, tuple[Callable[..., None], *tuple[str, ...]]] = {
    "stock": (stock,),
    "ours, --plain": (ours, "--plain"),
    "ours, JOBS=1": (ours,),
    "ours, JOBS=2": (ours, "--jobs", "2"),
    "floor": (floor,),
    "nothing to do": (nothing,),
}


def main() -> None:
    """Print the times of the routes, and their ratios to the stock one."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ROUTES}
    for _ in range(runs):
        for name, (route, *options) in ROUTES.items():
            taken[name].append(seconds(route, *options))
    base = [statistics.median(each) for each in zip(*taken["stock"], strict=True)]
    for name, times in taken.items():
        wall, cpu = (statistics.median(each) for each in zip(*times, strict=True))
        ratios = f"{wall / base[0]:.2f} and {cpu / base[1]:.2f} of stock"
        print(f"{name:14} {wall:6.1f} s wall {cpu:6.1f} s CPU   {ratios}")


if __name__ == "__main__":
    main()
