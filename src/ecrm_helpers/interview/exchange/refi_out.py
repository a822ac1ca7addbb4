"""REFI-QDA projects (``.qdpx``) and codebooks (``.qdc``), written.

The exchange format of NVivo, ATLAS.ti, MAXQDA, QualCoder and Dedoose. What it
has no place for (inclusion rules, sections, rounds) goes as lines ``key:
value`` into notes and descriptions, where every program shows it. The same
tables give the same bytes, with the same identifiers.
"""

import re
from collections.abc import Mapping
from typing import Any

from pyrefiqda import models
from xsdata.formats.dataclass.serializers.config import SerializerConfig
from xsdata.models.datatype import XmlDateTime
from xsdata_pydantic.bindings import XmlSerializer

from ecrm_helpers.files import packed
from ecrm_helpers.interview.exchange.carried import lines
from ecrm_helpers.interview.tables import Interview, InterviewError, each, guid

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OF_A_CODE = ("code_id", "include_if", "exclude_if", "origin")
_OF_A_SEGMENT = ("segment_id", "turn", "speaker", "section")


def codebook_file(interview: Interview) -> bytes:
    """Write the codebook as ``.qdc``, the same bytes for the same codebook."""
    codes = _tree(interview, models.CodebookCodeType, {})
    book = models.CodeBook(
        codes=models.CodebookCodesType(code=codes), origin="ecrm-helpers"
    )
    return _xml(book, "urn:QDA-XML:codebook:1.0")


def project_file(interview: Interview) -> bytes:
    """Write the whole corpus as ``.qdpx``, the same bytes for the same tables."""
    notes: dict[str, Any] = {}
    sources = {guid("document", doc): doc for doc in interview.texts}
    project = models.Project(
        name="interview",
        origin="ecrm-helpers",
        users=_users(interview),
        code_book=models.ProjectCodeBookType(
            codes=models.ProjectCodesType(
                code=_tree(interview, models.ProjectCodeType, notes)
            )
        ),
        sources=models.SourcesType(
            text_source=[
                _source(interview, k, doc, notes) for k, doc in sources.items()
            ]
        )
        if sources
        else None,
        notes=models.NotesType(note=list(notes.values())) if notes else None,
    )
    members = {"project.qde": _xml(project, "urn:QDA-XML:project:1.0")}
    for key, doc in sources.items():
        members[f"sources/{key}.txt"] = interview.texts[doc].encode()
    return packed(members)


def _xml(root: Any, namespace: str) -> bytes:
    config = SerializerConfig(xml_declaration=True, encoding="UTF-8", indent="  ")
    text: str = XmlSerializer(config=config).render(root, ns_map={None: namespace})
    unfit = sorted(set(_NOT_XML.findall(text)))
    if unfit:
        raise InterviewError("xml_unfit", found=unfit)
    return text.encode()


def _users(interview: Interview) -> Any:
    users = [
        models.UserType(guid=guid("coder", c.coder_id), id=c.coder_id, name=c.name)
        for c in each(interview.coders)
    ]
    return models.UsersType(user=users) if users else None


def _note(notes: dict[str, Any], about: str, values: Mapping[str, str]) -> list[Any]:
    """Add a note where there is something to say; give the reference to it."""
    text = lines(values)
    if not text:
        return []
    key = guid("note", about)
    notes[key] = models.TextSourceType(guid=key, name=about, plain_text_content=text)
    return [models.NoteRefType(target_guid=key)]


def _tree(interview: Interview, kind: Any, notes: dict[str, Any]) -> list[Any]:
    """Build the codes below their parents; a codebook file has no notes."""
    made: dict[str, Any] = {}
    for row in each(interview.codebook):
        about = {k: getattr(row, k) for k in _OF_A_CODE}
        code = kind(guid=row.guid, name=row.name, is_codable=True)
        if kind is models.ProjectCodeType:
            code.description = row.definition or None
            code.note_ref = _note(notes, f"code {row.code_id}", about)
        else:
            rest = lines(about)
            code.description = f"{row.definition}\n\n{rest}".strip("\n")
        made[str(row.code_id)] = code
    for row in each(interview.codebook):
        if row.parent_id:
            made[str(row.parent_id)].code.append(made[str(row.code_id)])
    tops = interview.codebook.loc[interview.codebook["parent_id"] == "", "code_id"]
    return [made[code] for code in tops]


def _source(interview: Interview, key: str, doc: str, notes: dict[str, Any]) -> Any:
    files = interview.documents.set_index("doc_id")["file"]
    rows = interview.segments[interview.segments["doc_id"] == doc]
    return models.TextSourceType(
        guid=key,
        name=doc,
        description=lines({"file": files[doc]}),
        plain_text_path=f"internal://{key}.txt",
        plain_text_selection=[
            models.PlainTextSelectionType(
                guid=guid("segment", f"{doc}/{row.segment_id}"),
                name=row.excerpt,
                description=lines({k: getattr(row, k) for k in _OF_A_SEGMENT}),
                start_position=row.start,
                end_position=row.end,
                coding=_codings(interview, str(row.segment_id), notes),
            )
            for row in each(rows)
        ],
    )


def _codings(interview: Interview, segment: str, notes: dict[str, Any]) -> list[Any]:
    codes = interview.codebook.set_index("code_id")["guid"]
    made = []
    for row in each(interview.codings[interview.codings["segment_id"] == segment]):
        about = f"coding {segment} {row.code_id} {row.coder_id}"
        dated = re.fullmatch(r"\d{4}-\d\d-\d\d", str(row.date))
        day = XmlDateTime.from_string(f"{row.date}T00:00:00Z") if dated else None
        rest = {"round": "" if row.round == "1" else row.round, "memo": row.memo}
        rest["date"] = "" if dated else row.date
        made.append(
            models.CodingType(
                guid=guid("coding", about),
                creating_user=guid("coder", row.coder_id),
                creation_date_time=day,
                code_ref=models.CodeRefType(target_guid=codes[row.code_id]),
                note_ref=_note(notes, about, rest),
            )
        )
    return made
