"""One file of each form program: the same people, the same answers."""

import pytest
from material.studies import programs
from material.studies.small import study

from ecrm_helpers.answers.door import read_file
from ecrm_helpers.cli import main
from ecrm_helpers.study import read_study


@pytest.mark.parametrize("name", programs.PROGRAMS)
def test_every_program_s_export_gives_the_same_answers(tmp_path, name):
    file, content = programs.PROGRAMS[name]()
    path = tmp_path / file
    path.write_bytes(content)
    asked = study(tmp_path, programs.QUESTIONS, opened="2024-03-04")
    frame, audit = read_file(path, read_study(asked))
    assert (audit.rows, audit.valid) == (4, 4)
    assert frame.reset_index(drop=True).to_dict("list") == programs.WANTED
    free = [other.text for other in audit.others]
    # Kobo keeps what was written beside a box in a question of its own.
    assert free == ([] if name == "kobo" else ["Mastodon"])
    assert "192.0.2.7" not in audit.said("en")


@pytest.mark.parametrize("name", programs.PROGRAMS)
def test_every_program_s_export_can_be_drafted(tmp_path, name):
    """Four people are too few to guess well; what is drafted is valid all the same."""
    file, content = programs.PROGRAMS[name]()
    path, to = tmp_path / file, tmp_path / "my.yml"
    path.write_bytes(content)
    assert main(["study", "--from", str(path), "--to", str(to), "--lang", "fr"]) < 2
    text = to.read_text(encoding="utf-8")
    assert "anonymous" not in text
    assert "192.0.2.7" not in text
