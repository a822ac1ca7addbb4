"""Fresh machines: the README's commands in minimal Debians, as a user, from a clone.

``make fresh`` needs root and debootstrap, and takes minutes for each release: a
minimal system with git, make and python3-venv alone, and no more of this machine
than its certificates and where packages come from. What came of it goes into
``REPRODUCING.md``, between its marks; the pages must be those of this checkout.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RELEASES = ("bookworm", "trixie", "forky")
#: Of this machine: whom to trust, and where packages of Python come from.
TAKEN = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pip.conf", "/etc/resolv.conf")
TOLD = re.compile(r"(PIP|UV)_(INDEX|EXTRA|CERT|DEFAULT)|(SSL_CERT_|HTTPS?_PROXY)", re.I)
MARKS = "<!-- fresh machines: made by make fresh -->", "<!-- end -->"
#: What the README tells a reader to run, timed; what it prints is read here: what
#: was made, and how the tests ended.
COMMANDS = """
set -e
git clone -q /opt/given compendium
cd compendium
make reproduce >&2
python3 -c "
import json, platform
run = json.load(open('output/run.json'))
print(json.dumps([platform.python_version(), run['seconds'], run['made']]))"
status=0; make test QUICK=1 >said 2>&1 || status=$?
cat said >&2; grep -E '[0-9]+ (passed|failed).* in [0-9]' said | tail -n 1
exit $status
"""


def mirror() -> str:
    """Name where this machine's own Debian comes from."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)"]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return next(line for line in found.stdout.split() if "security" not in line)


def machine(release: str, home: Path) -> None:
    """Make a minimal system of a release; newer ones are made as Debian's sid is."""
    wanted = "--include=git,make,python3-venv"
    make = ["debootstrap", "--variant=minbase", wanted, release, str(home), mirror()]
    subprocess.run([*make, "sid"], check=True, stdout=sys.stderr)


def session(home: Path) -> subprocess.CompletedProcess[str]:
    """Run the commands as a reader: no more than a login gives, and an index."""
    for file in filter(os.path.exists, TAKEN):
        (home / file[1:]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, home / file[1:])
    clone = ["git", "clone", "-q", "--bare", str(ROOT), str(home / "opt/given")]
    subprocess.run(clone, check=True)
    (home / "opt/run").write_text(COMMANDS)
    told = [f"{name}={value}" for name, value in os.environ.items() if TOLD.match(name)]
    session = f"""
    mount -t proc proc {home}/proc; mount --rbind /dev {home}/dev
    chroot {home} useradd --create-home reader
    chroot {home} chown -R reader /opt/given
    exec chroot {home} setpriv --reuid reader --regid reader --clear-groups \
      env -i HOME=/home/reader PATH=/usr/bin:/bin "$@" sh -c 'cd && sh /opt/run'"""
    command = ["unshare", "--mount", "sh", "-ec", session, "sh", *told]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)


def row(release: str, base: Path | None) -> str:
    """Give a release's row of the table; `base` is such a system made before."""
    with tempfile.TemporaryDirectory(prefix="fresh-") as place:
        home = Path(place)
        try:
            if base:
                subprocess.run(["cp", "-a", f"{base}/.", place], check=True)
            else:
                machine(release, home)
        except subprocess.CalledProcessError as error:
            sys.stderr.write(f"{release}: {error}\n")
            return f"| Debian {release} | – | not made | – | – | – |"
        home.chmod(0o755)
        started = time.monotonic()
        done = session(home)
        spent = time.monotonic() - started
    said = done.stdout.splitlines()
    if not said:
        return f"| Debian {release} | – | {done.returncode} | – | – | {spent:.0f} s |"
    python, seconds, made = json.loads(said[0])
    tests = " ".join(said[1:]).strip("= ").rpartition(" in ")[0] or "–"
    ours = json.loads((ROOT / "output/run.json").read_text(encoding="utf-8"))["made"]
    known = [name for name in made if ours.get(name, "").strip()]
    other = [name for name in known if made[name] != ours[name]]
    same = f"{len(known) - len(other)} of {len(known)}"
    sys.stderr.write(f"{release}: other than here: {', '.join(other) or '-'}\n")
    times = f"{spent:.0f} s ({seconds:.0f})"
    cells = (f"Debian {release}", python, done.returncode, same, tests, times)
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Run on each release that is asked for; write the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("releases", nargs="*", default=RELEASES)
    asked.add_argument("--base", type=Path, help="a folder of such systems")
    given = asked.parse_args()
    bases = {each: given.base and given.base / each for each in given.releases}
    tried = {release: row(release, base) for release, base in bases.items()}
    path = ROOT / "REPRODUCING.md"
    before, _, rest = path.read_text(encoding="utf-8").partition(MARKS[0])
    old, _, after = rest.partition(MARKS[1])
    # Rows of releases that were not asked for stay as they were written.
    kept = {name: line for line, name in re.findall(r"(?m)^(\| Debian (\w+).*)$", old)}
    rows = list({**kept, **tried}.values())
    head = (
        "| machine | Python | status | files as here | quick tests "
        "| both commands (the run) |",
        "|---|---|---|---|---|---|",
    )
    table = "\n".join([MARKS[0], *head, *rows, MARKS[1]])
    path.write_text(before + table + after, encoding="utf-8")
    sys.stdout.write(table + "\n")
    raise SystemExit(any(" | 0 | " not in one for one in tried.values()))


if __name__ == "__main__":
    main()
