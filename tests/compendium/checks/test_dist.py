"""The archive: what goes in, the same bytes each time, and no index when unpacked."""

import hashlib
import subprocess
import sys
import tarfile

import pytest
from conftest import ROOT

from ecrm_helpers.compendium.checks import dist

sys.path.insert(0, str(ROOT))
import bootstrap


@pytest.fixture
def checkout(tmp_path):
    """Make a small checkout: tracked, ignored and untracked files, and outputs."""
    root = tmp_path / "checkout"
    files = {
        "study.txt": "a",
        "run.sh": "#!/bin/sh\n",
        "data/raw/answers.csv": "private",
        "notes.txt": "untracked",
        "output/fr/index.html": "page",
        "output/run.json": '{"made": {"output/fr/index.html": ""}, "editions": ["fr"]}',
        "output/ro-crate-metadata.json": "{}",
        "output/fr/reviewer-report.html": "report",
        "output/fr/reviewer-report.pdf": "report",
        "output/fr/html/of-an-earlier-version.html": "page",
        "output/fr/executed/01.failed.ipynb": "evidence",
        "output/.stamps/fr.site.json": "{}",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "run.sh").chmod(0o755)
    for command in (["init", "-q"], ["add", "study.txt", "run.sh"]):
        subprocess.run(["git", "-C", root, *command], check=True)
    return root


def unpacked(archive, folder):
    with tarfile.open(archive) as tar:
        # Python 3.11.2, as Debian 12 has it, knows no filters.
        tar.extraction_filter = getattr(tarfile, "data_filter", None)
        tar.extractall(folder)
        return {entry.name: entry for entry in tar.getmembers()}


def test_tracked_files_and_outputs_go_in_and_nothing_else(checkout):
    assert list(dist.contents(checkout)) == [
        "output/fr/index.html",
        "output/fr/reviewer-report.html",
        "output/fr/reviewer-report.pdf",
        "output/ro-crate-metadata.json",
        "output/run.json",
        "run.sh",
        "study.txt",
    ]


def test_an_archive_has_sums_of_all_it_holds_and_the_same_bytes_each_time(
    checkout, tmp_path
):
    wheel = tmp_path / "a-1-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    made = []
    for place in ("one", "two"):
        files = dist.contents(checkout) | {f"wheelhouse/{wheel.name}": wheel}
        made.append(tmp_path / place / "x.tar.gz")
        dist.pack(files, "compendium", made[-1])
        (checkout / "study.txt").touch()  # a later date of the same content
    assert made[0].read_bytes() == made[1].read_bytes()
    entries = unpacked(made[0], tmp_path / "un")
    assert {(e.uid, e.gid, e.mtime) for e in entries.values()} == {(0, 0, 0)}
    assert entries["compendium/run.sh"].mode == 0o755
    home = tmp_path / "un/compendium"
    sums = dict(
        reversed(line.split("  "))
        for line in (home / "SHA256SUMS").read_text().splitlines()
    )
    assert {f"compendium/{n}" for n in (*sums, "SHA256SUMS")} == entries.keys()
    for name, content in sums.items():
        assert hashlib.sha256((home / name).read_bytes()).hexdigest() == content


def test_a_lost_file_or_no_checkout_is_named_and_nothing_is_packed(checkout, tmp_path):
    (checkout / "study.txt").unlink()
    with pytest.raises(dist.DistError, match=r"missing: study\.txt"):
        dist.distribute(checkout)
    with pytest.raises(dist.DistError, match="missing: the checkout"):
        dist.distribute(tmp_path)
    assert not (checkout / "dist").exists()


@pytest.mark.slow
def test_a_wheel_that_is_not_to_be_had_is_an_error_with_pip_s_words(tmp_path):
    lock = tmp_path / "small.lock"
    lock.write_text(f"./no-such-file.whl --hash=sha256:{'0' * 64}\n")
    with pytest.raises(dist.DistError, match=r"wheels of small\.lock(.|\n)*no-such"):
        dist.wheelhouse(lock, tmp_path / "wheels")


def test_with_a_wheelhouse_no_index_is_asked(tmp_path, monkeypatch):
    called = []

    def noted(*call, **_):
        called.extend([] if "uninstall" in call else [call])  # which needs no index

    for name in ("requirements-test.lock", "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "_need", noted)
    bootstrap._install(tmp_path / "python", "requirements-test.lock")
    # uv alone, once it was fetched, is put in from where it was fetched to.
    assert ["--no-index" in call for call in called] == [False, True, False, False]
    (tmp_path / "wheelhouse").mkdir()
    called.clear()
    bootstrap._install(tmp_path / "python", "requirements-test.lock")
    assert ["--no-index" in call for call in called] == [True] * 4
    house = f"--find-links={tmp_path / 'wheelhouse'}"
    assert [house in call for call in called] == [True, False, True, True]


def test_the_locked_uv_builds_the_package_without_fetching_a_backend():
    # uv carries the build backend of its own version; another would be fetched.
    pinned = bootstrap._entry(ROOT / dist.LOCK, "uv").split()[0].removeprefix("uv==")
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert pinned.startswith("0.13.")
    assert 'requires = ["uv_build>=0.13,<0.14"]' in text
