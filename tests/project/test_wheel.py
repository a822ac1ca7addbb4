"""The package installed from its wheel, in an environment of its own."""

import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "uv", "build", "--wheel", "--out-dir", folder, ROOT],
        capture_output=True,
        check=True,
    )
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def ecrm(wheel, tmp_path_factory):
    """Give a call of the command, run in a folder, whatever the checkout holds."""
    home = tmp_path_factory.mktemp("own") / "env"
    venv.create(home)
    python = home / "bin/python"
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps",
         "--python", python, wheel],
        check=True,
    )  # fmt: skip
    # The packages it depends on are those of this environment; it itself is not:
    # a link to the checkout is not followed from here.
    (own,) = (home / "lib").glob("python*/site-packages")
    (own / "others.pth").write_text(f"{site.getsitepackages()[0]}\n")
    (home / "share").mkdir(exist_ok=True)
    (home / "share/jupyter").symlink_to(Path(sys.prefix) / "share/jupyter")

    def call(folder, *arguments):
        return subprocess.run(
            [home / "bin/ecrm", *map(str, arguments)],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )

    found = subprocess.run(
        [python, "-c", "import ecrm_helpers; print(ecrm_helpers.__file__)"],
        cwd=own,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()).is_relative_to(home)
    return call


def test_the_wheel_holds_every_file_of_the_package(wheel):
    source = ROOT / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "ecrm_helpers").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        assert wanted <= set(archive.namelist())


def test_verbs_that_need_no_project_work_in_an_empty_folder(ecrm, tmp_path):
    (tmp_path / "a.txt").write_text("t(70) = 2.10, p = 0.039\n")
    checked = ecrm(tmp_path, "check-text", "a.txt")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "p = 0.039" in checked.stdout
    row = "--n 61 --mean 3.41 --sd 1.006 --scale 1 7 --min 1 --max 5".split()
    assert ecrm(tmp_path, "admissible", *row).stdout == "67 histograms fit.\n"
    groups = "--group 12 2.58 ,900 1 4 --group 61 3.41 1.006 1 5 --scale 1 7".split()
    assert ecrm(tmp_path, "robustness", *groups).returncode == 0
    answers = ["read", ROOT / "data/synthetic/export.csv"]
    read = ecrm(tmp_path, *answers, "--study", ROOT / "study.yml", "--to", "b.csv")
    assert (read.returncode, read.stderr) == (0, "")
    assert (tmp_path / "b.csv").exists()


def test_a_verb_that_needs_a_project_says_so(ecrm, tmp_path):
    for verb in (["verify"], ["data"], ["read", ROOT / "data/synthetic/export.csv"]):
        done = ecrm(tmp_path, *verb)
        assert done.returncode == 2
        assert str(tmp_path) in done.stderr
        assert "--project" in done.stderr
        assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_project_is_where_one_stands_or_the_one_named(ecrm, tmp_path):
    inner = ROOT / "notebooks"
    inside = ecrm(inner, "reproduce", "--check")
    named = ecrm(tmp_path, "reproduce", "--check", "--project", ROOT)
    assert inside.returncode in (0, 1)
    assert (inside.stdout, inside.stderr) == (named.stdout, named.stderr)


#: Two groups on a scale of five, three of another, and nobody's answers.
ANSWERS = "Group,How satisfied are you?,How often do you come?\n" + "".join(
    f"{'yes' if k % 3 else 'no'},{1 + (k * 7) % 5},{1 + (k * 3 + k // 4) % 5}\n"
    for k in range(40)
)
HYPOTHESIS = """
hypotheses:
  h1:
    claim: {en: "Those of the group are as satisfied as the others."}
    variables: [q1, q2]
    tested_as_worded: true
    reason: {en: "both were asked as worded"}
"""
PRINTED = """\
id,part,section,place,item_fr,item_en,statistic,printed,quantity,known,note
n,01,3.1,Table 1,Réponses,Answers,n,40,sample.n,,
no,01,3.1,Table 1,Non,No,percent,45.0,q1.l_no.percent,,
"""


TALK = "Interviewer: How did you hear of us?\n\nA: From a friend, in March.\n"


@pytest.fixture(scope="module")
def begun(ecrm, tmp_path_factory):
    """Begin a project with the installed package, in an empty folder."""
    home = tmp_path_factory.mktemp("authors")
    (home / "answers.csv").write_text(ANSWERS)
    (home / "values.csv").write_text(PRINTED)
    (home / "talk.txt").write_text(TALK)
    given = ["--from", "answers.csv", "--published", "values.csv", "--lang", "en"]
    done = ecrm(home, "new", "mine", *given, "--interviews", "talk.txt")
    assert (done.returncode, done.stderr) == (0, "")
    return home / "mine"


def test_a_project_carries_the_package_that_made_it(begun, wheel):
    """Its wheel has the files that uv packed, byte for byte."""
    (own,) = (begun / "vendor").iterdir()
    assert own.name == wheel.name
    with zipfile.ZipFile(own) as packed, zipfile.ZipFile(wheel) as built:
        wanted = {name for name in built.namelist() if not name.endswith("/")}
        assert set(packed.namelist()) == wanted
        assert all(
            packed.read(name) == built.read(name)
            for name in wanted
            if not name.endswith("RECORD")
        )


def test_a_project_is_drafted_whole_and_says_what_is_left_to_decide(begun):
    names = {p.relative_to(begun).as_posix() for p in begun.rglob("*") if p.is_file()}
    books = {f"notebooks/{p.name}" for p in (ROOT / "notebooks").glob("*.ipynb")}
    assert names >= books | {"study.yml", "Makefile", ".gitignore", "README.md"}
    assert names >= {"data/README.md", "data/datapackage.json", "data/raw/answers.csv"}
    for name in ("bootstrap.py", "requirements.lock", "requirements-lab.lock"):
        assert (begun / name).read_bytes() == (ROOT / name).read_bytes()
    told = (begun / "README.md").read_text("utf-8")
    assert "make reproduce" in told
    assert "make test" in told
    assert "was drafted by a program" in told
    assert 'answers: "data/raw/answers.csv"' in (begun / "study.yml").read_text()


def test_a_folder_with_something_in_it_is_refused(ecrm, begun):
    before = sorted(begun.rglob("*"))
    done = ecrm(begun.parent, "new", "mine", "--from", "answers.csv")
    assert done.returncode == 2
    assert "not empty" in done.stderr
    assert sorted(begun.rglob("*")) == before
    refused = ecrm(begun.parent, "new", "other", "--from", "none.csv")
    assert refused.returncode == 2
    assert not (begun.parent / "other").exists()


@pytest.mark.made
def test_both_commands_work_in_a_new_project(ecrm, begun):
    """Of 40, 14 are 0, 3, 6 …: 35 %, not the 45 that is printed, which is declared."""
    with (begun / "data/published/reasons.csv").open("a") as reasons:
        reasons.write('no,contradicted,"Coquille.","A misprint: {q1.l_no.n} of 40."\n')
    with (begun / "study.yml").open("a") as study:
        study.write(HYPOTHESIS)
    early = ecrm(begun, "verify")
    assert early.returncode == 1
    assert "n is held against nothing of the last run" in early.stdout
    made = ecrm(begun, "reproduce", "--edition", "en")
    assert made.returncode == 0, made.stderr
    assert "2 values and claims compared: 1 agree" in made.stdout
    assert "H1: association" in made.stdout
    for name in ("01_descriptives", "04_interview_coding"):
        page = (begun / f"output/en/html/{name}.html").read_text("utf-8")
        assert "OCR" not in page
        assert "paraphrase" not in page
    tested = ecrm(begun, "verify")
    assert (tested.returncode, tested.stderr) == (0, "")
    assert "nothing at fault" in tested.stdout
    assert 'no (§ 3.1): printed "45.0", recomputed 35.0' in tested.stdout
    assert "A misprint: 14 of 40." in tested.stdout
    assert "finding, not a failure" not in made.stdout + tested.stdout
    results = begun / "output/results/01_descriptives.json"
    results.write_text(results.read_text().replace('"contradicted"', '"undeclared"'))
    book = begun / "notebooks/02_h2_correlation.ipynb"
    book.write_text(book.read_text("utf-8").replace('"outputs": []', '"outputs": [{}]'))
    spoilt = ecrm(begun, "verify")
    assert spoilt.returncode == 1
    assert "undeclared disagreement: no;" in spoilt.stdout
    assert "02_h2_correlation.ipynb: holds outputs" in spoilt.stdout
