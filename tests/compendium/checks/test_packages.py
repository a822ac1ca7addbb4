"""A file edited inside a package is noticed, one by one."""

import base64
import hashlib
from importlib.metadata import PathDistribution

from ecrm_helpers.cli import main
from ecrm_helpers.compendium.checks import packages, verify


def small(folder):
    """Put a small package where packages are, as an installer does."""
    home, lines = folder / "small-1.dist-info", []
    home.mkdir()
    for name in ("small.py", "gone.py", "small/tests/one.py", "small.pem"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x = 1\n")
        digest = hashlib.sha256(b"x = 1\n").digest()
        held = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        lines.append(f"{name},sha256={held},6\n")
    (home / "RECORD").write_text("".join([*lines, "small-1.dist-info/RECORD,,\n"]))
    return PathDistribution(home)


def test_an_edited_and_a_lost_file_are_named(tmp_path):
    package = small(tmp_path)
    assert list(packages.altered([package])) == []
    (tmp_path / "small.py").write_text("x = 2\n")
    (tmp_path / "gone.py").unlink()
    (tmp_path / "small/tests/one.py").unlink()  # as the installation does
    (tmp_path / "small.pem").write_text("a machine's own certificate")
    assert list(packages.altered([package])) == ["small.py", "gone.py"]


def test_verify_says_so_when_asked(english, monkeypatch, capsys):
    monkeypatch.setattr(verify, "verify", lambda *_, **__: (["All"], 0))
    monkeypatch.setattr(packages, "altered", lambda: iter(["pandas/core/frame.py"]))
    assert main(["verify"]) == 0
    assert main(["verify", "--strict"]) == 1
    assert "pandas/core/frame.py: this file of a package" in capsys.readouterr().out
