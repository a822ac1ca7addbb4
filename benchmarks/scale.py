"""What grows with what: processor seconds and memory against the size of the data.

Each size is measured in a process of its own, the time without the start of
Python and the making of the data. Slopes are those of log time over log size,
between the two largest sizes: 1 grows as its data, 2 as their square.

    python benchmarks/scale.py [AXIS [SIZE]]      [--figure FILE.svg]
"""

import argparse
import contextlib
import io
import itertools
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

#: Sizes of each axis.
SIZES = {
    "respondents": (100, 1_000, 10_000, 100_000, 1_000_000),
    "questions": (10, 30, 100, 300),
    "interviews": (1, 3, 10, 30, 100),
    "answers in a printed row": (20, 50, 100, 200, 500),
    "points of a scale": (5, 11, 15, 21),
    "pairs by draws": (1_000, 10_000),
    "pairs by draws, two processes": (1_000, 10_000),
    "pairs by draws, local Dask cluster": (1_000, 10_000),
}

Work = Callable[[], object]


def respondents(size: int, folder: Path) -> Work:
    """Read a file of answers to the thesis's questions."""
    import answers

    from ecrm_helpers.answers.door import read_file
    from ecrm_helpers.study import read_study

    study, path = read_study(), folder / "export.csv"
    answers.write(path, study, size)
    return lambda: read_file(path, study)


def questions(size: int, folder: Path) -> Work:
    """Draft a study from 300 answers to so many questions, and read them by it."""
    from ecrm_helpers.answers.door import read_file
    from ecrm_helpers.answers.drafting.written import draft
    from ecrm_helpers.study import read_study

    random = Random(1)
    asked = [f"Question {place} : êtes-vous d'accord ?" for place in range(size)]
    rows = [[random.randint(1, 7) for _ in asked] for _ in range(300)]
    path, study = folder / "export.csv", folder / "study.yml"
    pd.DataFrame(rows, columns=asked).to_csv(path, index=False)

    def work() -> object:
        study.write_text(draft(path, "fr").text, encoding="utf-8")
        return read_file(path, read_study(study))

    return work


def interviews(size: int, folder: Path) -> Work:
    """Begin a folder of interviews from so many transcripts of 200 turns."""
    from ecrm_helpers.cli import main

    random, texts = Random(1), []
    words = "je achète en ligne parce que le suivi répond vite et bien".split()
    for place in range(size):
        turns = (
            f"{'Enquêteur' if turn % 2 else 'Répondant'} : "
            f"{' '.join(random.choices(words, k=30))}."
            for turn in range(200)
        )
        texts.append(folder / f"entretien {place}.txt")
        texts[-1].write_text("\n\n".join(turns), encoding="utf-8")
    new = [str(folder / "talks"), *map(str, texts), "--interviewer", "Enquêteur"]

    def work() -> object:
        with contextlib.redirect_stdout(io.StringIO()):
            return main(["qda", "new", *new])

    return work


def printed_row(size: int, folder: Path) -> Work:
    """Count the data sets of a printed row of so many answers from 1 to 7."""
    from ecrm_helpers.statistics.admissible import Summary, space

    return lambda: space(Summary(size, "4.20", "1.50", 1, 7)).count


def points(size: int, folder: Path) -> Work:
    """Count the data sets of 20 answers on a scale of so many points."""
    from ecrm_helpers.statistics.admissible import Summary, space

    mean, sd = f"{size / 2:.1f}", f"{size / 5:.1f}"
    return lambda: space(Summary(20, mean, sd, 1, size)).count


def pairs(size: int, folder: Path, scheduler: bool = False, jobs: int = 1) -> Work:
    """Estimate all statistics in so many drawn pairs of distributions."""
    from ecrm_helpers.statistics import robustness
    from ecrm_helpers.statistics.admissible import Summary, Table

    one, two = Summary(12, "2.58", ",900", 1, 7), Summary(61, "3.41", "1,006", 1, 7)
    drawn = robustness.pairs(Table((one, two)), most=1_000, draws=size, seed=1)
    if not scheduler:
        return lambda: robustness.estimates(drawn, jobs=jobs)
    from distributed import Client, LocalCluster

    cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    Client(cluster)
    return lambda: robustness.estimates(drawn, scheduler=cluster.scheduler_address)


WORK: dict[str, Callable[[int, Path], Work]] = {
    "respondents": respondents,
    "questions": questions,
    "interviews": interviews,
    "answers in a printed row": printed_row,
    "points of a scale": points,
    "pairs by draws": pairs,
    "pairs by draws, two processes": lambda size, at: pairs(size, at, jobs=2),
    "pairs by draws, local Dask cluster": lambda size, at: pairs(size, at, True),
}


def measured(axis: str, size: int) -> dict[str, float]:
    """Do one piece of work here; give its seconds and this process's memory."""
    with tempfile.TemporaryDirectory() as folder:
        work = WORK[axis](size, Path(folder))
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"wall": wall, "cpu": cpu, "memory": peak}


def each(axis: str) -> Iterator[tuple[int, dict[str, float]]]:
    """Measure every size of an axis, each in a process of its own."""
    for size in SIZES[axis]:
        done = subprocess.run(
            [sys.executable, __file__, axis, str(size)],
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            print(f"  {size:>9,}  refused or failed")
            continue
        found = json.loads(done.stdout.splitlines()[-1])
        print(f"  {size:>9,}  {found['wall']:8.2f} s  {found['cpu']:8.2f} s of this"
              f" process  {found['memory']:6.0f} MB")  # fmt: skip
        yield size, found


def slope(first: tuple[int, dict], last: tuple[int, dict]) -> float:
    """Give how fast time grows with size, on logarithms."""
    taken = [max(found["wall"], 1e-4) for _, found in (first, last)]
    return math.log(taken[1] / taken[0]) / math.log(last[0] / first[0])


def figure(every: dict[str, list[tuple[int, dict]]], path: Path) -> None:
    """Draw time against size, both on logarithms."""
    import matplotlib.pyplot as plt

    drawing, axes = plt.subplots(figsize=(7, 5), layout="constrained")
    for (axis, found), mark in zip(every.items(), itertools.cycle("os^vDPX*")):
        axes.loglog(
            [size for size, _ in found],
            [max(one["wall"], 1e-3) for _, one in found],
            marker=mark,
            label=axis,
        )
    axes.set(xlabel="size", ylabel="seconds")
    axes.legend(fontsize="small")
    drawing.savefig(path)


def main() -> None:
    """Measure one size here, or all sizes of one axis or of every axis."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("axis", nargs="?", choices=SIZES)
    parser.add_argument("size", nargs="?", type=int)
    parser.add_argument("--figure", type=Path)
    options = parser.parse_args()
    if options.size:
        print(json.dumps(measured(options.axis, options.size)))
        return
    every = {}
    for axis in [options.axis] if options.axis else SIZES:
        print(axis, flush=True)
        every[axis] = list(each(axis))
        if len(every[axis]) > 1:
            print(f"  slope {slope(*every[axis][-2:]):.2f}", flush=True)
    if options.figure:
        figure(every, options.figure)


if __name__ == "__main__":
    main()
