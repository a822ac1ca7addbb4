"""Coding projects as other programs write them, and the verb that reads them."""

import zipfile
from html import escape

from conftest import ROOT
from hypothesis import strategies as st

from ecrm_helpers.cli import main
from ecrm_helpers.interview.tables import read_interview
from material import artificial

FOLDER = ROOT / "data/interview"


def corpora(tmp_path):
    yield read_interview(FOLDER, "fr")
    yield read_interview(FOLDER, "en")
    yield read_interview(artificial.written(tmp_path / "talk"))


def qda(*arguments):
    return main(["qda", *map(str, arguments)])


def project(path, xml, **members):
    """Write a project file as another program might."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", xml)
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".txt", content)
    return path


words = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), min_size=1
).filter(str.strip)

A, B, C, U, T = (
    f"{n}{n}{n}{n}{n}{n}{n}{n}-0000-4000-8000-000000000000" for n in "abcde"
)

SPEECH = "Artificial: one tool.\r\nArtificial: no blog, one tool.\r\n"


def qualcoder(selection="", note="", codes="", users=f'<User guid="{U}" name="Ann"/>'):
    """Write a project as QualCoder does: names are quotations, codes may nest."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="QualCoder 3.6" '
        f'creatingUserGUID="{U}" creationDateTime="2026-01-02T03:04:05Z">'
        f"<Users>{users}</Users><CodeBook><Codes>"
        f'<Code guid="{A}" name="Tools" isCodable="false">'
        f'<Code guid="{B}" name="Blog" isCodable="true" color="#FF0000">'
        f"<Description>what</Description></Code></Code>{codes}</Codes></CodeBook>"
        f'<Sources><TextSource guid="{T}" name="talk" plainTextPath="{T}.txt">'
        f"{selection}</TextSource></Sources>{note}</Project>"
    )


def selection(words, start, end, code=B):
    return (
        f'<PlainTextSelection guid="{C}" name="{escape(words)}" '
        f'startPosition="{start}" endPosition="{end}"><Coding guid="{C}" '
        f'creatingUser="{{{U.upper()}}}" creationDateTime="2026-01-02T03:04:05Z">'
        f'<CodeRef targetGUID="{code.upper()}"/></Coding></PlainTextSelection>'
    )


FILE_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    '<Project xmlns="urn:QDA-XML:project:1.0" name="&a;"/>'
)
