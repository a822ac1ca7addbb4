"""The guides of interviews, followed to the letter, from Word to the chapter."""

import re
import shlex
import shutil

import pytest
from conftest import ROOT
from material.word_files import begin, comment, end, paragraph, run, word

from ecrm_helpers.cli import main
from ecrm_helpers.files import write_atomically

pytestmark = pytest.mark.made

BLOCK = re.compile(r"([^\n]*)\n\n```\n(.*?)```", re.DOTALL)


def steps(guide):
    """Give commands, and files with what is to stand in them, in their order."""
    for before, inside in BLOCK.findall((ROOT / "docs" / guide).read_text("utf-8")):
        named = re.search(r"`([\w./]+\.(?:csv|yml))`\s?:$", before)
        if named:
            yield "file", named[1], inside
        else:
            yield from (("run", line, "") for line in inside.splitlines())


def talk(path, ask, coder, code):
    """Write a transcript that is coded by comments, one of them with a memo."""
    return word(
        path,
        paragraph(run(f"{ask} : ", bold=True), run("Et le prix ?")),
        paragraph(run("A : "), begin(1), run("Il monte"), end(1), run(" vite.")),
        comments=[comment(1, coder, code, "Elle hésite. À revoir !")],
    )


@pytest.mark.parametrize(
    ("guide", "stem", "ask"),
    [("entretiens.md", "e", "Enquêteur"), ("interviews.md", "i", "Interviewer")],
)
def test_a_guide_leads_to_the_chapter(tmp_path, monkeypatch, guide, stem, ask):
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("study.yml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    for n in (1, 2):
        talk(tmp_path / f"{stem}{n}.docx", ask, "Léa", "Coût > Prix")
        talk(tmp_path / f"{stem}{n}-tom.docx", ask, "Tom", "Prix ; Doute")
    done = 0
    for kind, what, inside in steps(guide):
        if kind == "file":
            write_atomically(tmp_path / what, inside.encode())
            continue
        program, *words = shlex.split(what)
        if program == "make":
            given = dict(word.split("=") for word in words[1:])
            words = ["reproduce", "--plain", *(
                part for name, value in given.items()
                for part in (f"--{name.lower()}", value)
            )]  # fmt: skip
        assert main(words) == 0, what
        done += 1
    assert done == 6
    edition = "fr" if guide == "entretiens.md" else "en"
    page = tmp_path / "output" / edition / "html/04_interview_coding.html"
    told = page.read_text(encoding="utf-8")
    for words in ("Il monte", "Elle hésite", "Léa", "Tom", f"{stem.upper()}1"[1:]):
        assert words in told
    assert (tmp_path / "output" / edition / "docx/chapter.docx").exists()
