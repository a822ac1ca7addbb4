"""The page of the data dictionary, made from ``data/datapackage.json``."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from ecrm_helpers.answers.dictionary import PLACE
from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.compendium.site.run_account import small_table
from ecrm_helpers.printed import Edition, joined, keyed, say
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.wording import SAYABLE

#: Types of a column.
TYPE = keyed("type_", "type_string type_integer type_number type_date")

#: Whose answers a file holds.
NATURE = keyed("nature_", "nature_reconstructed nature_own")

Field = Mapping[str, Any]


def dictionary_page(
    root: Path, edition: Edition
) -> tuple[BeautifulSoup, dict[str, Any]]:
    """Write the page of the data dictionary.

    Returns
    -------
    (BeautifulSoup, dict)
        The page, and the records of its tables, each under its id.
    """
    package = json.loads((root / PLACE).read_text(encoding="utf-8"))
    files = package["resources"]
    fields = max((file["schema"]["fields"] for file in files), key=len)
    told = {
        "export_head_label": [field["titles"][edition] for field in fields],
        "dictionary_type": [say(TYPE[field["type"]], edition) for field in fields],
        "dictionary_values": [_values(field, edition) for field in fields],
    }
    if len(files) > 1:
        keys = (SAYABLE.get(field.get("published")) for field in fields)
        told["dictionary_sayable"] = [say(key, edition) if key else "" for key in keys]
    kinds = Counter(told["dictionary_type"]).most_common()
    met = [say("label_and_n", edition, label=kind, n=k) for kind, k in kinds]
    shown = small_table(
        "caption_dictionary",
        told,
        [field["name"] for field in fields],
        edition,
        source=_source(files),
        note=_agreement(fields, edition),
        said=say("dictionary_said", edition, parts=joined(met, edition)),
    )
    described = _files(files, edition)
    parts = [("", described.html), ("", shown.html)]
    intro = [say("dictionary_intro", edition)]
    title = say("dictionary", edition)
    page = sections(title, parts, edition, intro=intro, lead="D")
    return page, {piece.id: piece.content for piece in (described, shown)}


def _files(files: Sequence[Mapping[str, Any]], edition: Edition) -> Piece:
    names = [{field["name"] for field in file["schema"]["fields"]} for file in files]
    shared = len(set.intersection(*names))
    return small_table(
        "caption_resources",
        {
            "dictionary_nature": [
                say(NATURE[file["nature"]], edition) for file in files
            ],
            "dictionary_columns": list(map(len, names)),
        },
        [f"data/{file.get('path') or file['kept']}" for file in files],
        edition,
        source=_source(files),
        said=say("resources_said", edition, n=len(files), k=shared),
    )


def _source(files: Sequence[Mapping[str, Any]]) -> str:
    return "source_study" if len(files) > 1 else "source_own_study"


def _values(field: Field, edition: Edition) -> str:
    """Say which answers there may be; of a scale, what its ends are called."""
    labels = field.get("labels", [])
    if field["type"] == "integer":
        labels = [labels[0], labels[-1]] if labels else []
    return joined((_labelled(one, edition) for one in labels), edition)


def _labelled(label: Mapping[str, Any], edition: Edition) -> str:
    value, text = str(label["value"]), label[edition]
    return value if value == text else f"{value} = {text}"


def _agreement(fields: Sequence[Field], edition: Edition) -> str:
    """Spell out the levels that all matrices share."""
    whole = [f["labels"] for f in fields if len(f.get("labels", [])) > 2]
    shared = [labels for labels in whole if isinstance(labels[0]["value"], int)]
    if len({str(labels) for labels in shared}) != 1:
        return ""  # several sets, of which none is all matrices'
    levels = joined((_labelled(label, edition) for label in shared[0]), edition)
    return say("dictionary_agreement", edition, levels=levels)
