"""200,000 rows of answers read, checked and summarised: seconds and memory.

python benchmarks/answers.py [ROWS]
"""

import csv
import datetime
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from ecrm_helpers.answers.door import as_csv, read_file
from ecrm_helpers.study import Study, read_study

#: What must hold for 200,000 rows.
SECONDS, MEGABYTES = 20, 1024


def write(path: Path, study: Study, rows: int) -> None:
    """Write an export of invented answers, with free texts and double rows."""
    random, opened = Random(1), datetime.datetime(2022, 7, 7, 9)
    agreement = [level.answer for level in study.agreement.values()]
    allowed = {
        column: list(question.answers.values())
        if question.closed
        else agreement
        if question.items
        else list("1234567")
        for column, question in study.columns.items()
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["Horodateur", *study.columns])
        for row in range(rows):
            sent = opened + datetime.timedelta(seconds=11 * row)
            answers = [random.choice(texts) for texts in allowed.values()]
            if row % 50 == 0:
                answers[0] = f"=un ami {row}"
            sheet.writerow([f"{sent:%d/%m/%Y %H:%M:%S}", *answers])


def main() -> int:
    """Print what reading takes; end with 1 when it takes too much."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    study = read_study()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        write(path, study, rows)
        started = time.perf_counter()
        frame, audit = read_file(path, study)
        summary = frame.describe(include="all")
        told, written = json.loads(audit.json("en")), as_csv(frame)
        seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{told['rows']} rows, {told['valid']} valid, {len(told['other'])} free "
        f"answers, {summary.shape[1]} columns summarised, {len(written)} bytes "
        f"written: {seconds:.1f} s, {peak:.0f} MB at most"
    )
    return int(seconds > SECONDS or peak > MEGABYTES)


if __name__ == "__main__":
    raise SystemExit(main())
