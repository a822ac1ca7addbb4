"""REFI-QDA written: valid against the schema, with identifiers that stay.

The schemas in ``oracles/refi_qda`` are REFI's own (MIT): ``Project.xsd`` as
released, ``Codebook.xsd`` after the printed specification.
"""

import io
import shutil
import zipfile

import pytest
from conftest import ROOT
from material.projects import FOLDER, corpora, qda

from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.tables import read_interview


@pytest.fixture(scope="module")
def schemas():
    """Read the schemas, which takes a second, where they are asked."""
    from xmlschema import XMLSchema

    return {
        ending: XMLSchema(str(ROOT / f"tests/oracles/refi_qda/{name}.xsd"))
        for ending, name in ((".qdpx", "Project"), (".qdc", "Codebook"))
    }


@pytest.mark.slow
def test_exports_are_valid_against_the_schema(schemas, tmp_path):
    for corpus in corpora(tmp_path):
        with zipfile.ZipFile(
            io.BytesIO(exchange.exported(corpus, ".qdpx", "fr"))
        ) as archive:
            schemas[".qdpx"].validate(archive.read("project.qde").decode())
        schemas[".qdc"].validate(exchange.exported(corpus, ".qdc", "fr").decode())


def test_the_schema_itself_can_refuse(schemas):
    from xmlschema import XMLSchemaValidationError

    xml = exchange.exported(read_interview(FOLDER, "fr"), ".qdc", "fr").decode()
    with pytest.raises(XMLSchemaValidationError):
        schemas[".qdc"].validate(xml.replace("<Codes>", "<Sets/><Codes>"))


def test_identifiers_hang_on_names_alone():
    corpus = read_interview(FOLDER, "fr")
    fewer = corpus.codings.iloc[:5]
    some = exchange.exported(
        type(corpus)(**{**vars(corpus), "codings": fewer}), ".qdpx", "fr"
    )
    with zipfile.ZipFile(io.BytesIO(some)) as archive:
        xml = archive.read("project.qde").decode()
    for guid in corpus.codebook["guid"]:
        assert f'guid="{guid}"' in xml


def test_homonyms_are_not_exported(tmp_path, capsys):
    folder = shutil.copytree(FOLDER, tmp_path / "interview")
    with (folder / "codebook.csv").open("a", encoding="utf-8") as file:
        file.write("tools-x,tools,STRATÉGIE,d,,,emergent,g\n")
    assert qda("export", tmp_path / "a.qdpx", "--interview", folder) == 2
    error = capsys.readouterr().err
    assert "Facteurs de succès > Stratégie, Outils > STRATÉGIE" in error
    assert not (tmp_path / "a.qdpx").exists()
