"""What is carried between programs: any words survive."""

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from material.projects import words

from ecrm_helpers.interview.anchors import normal
from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.exchange.carried import (
    Carried,
    Code,
    Quotation,
    lines,
    values,
)
from ecrm_helpers.interview.exchange.tabled import tables as tables_of
from ecrm_helpers.interview.tables import files


@pytest.mark.slow
@settings(deadline=None, max_examples=often(40))
@given(
    texts=st.lists(words, min_size=1, max_size=4),
    names=st.lists(words, min_size=1, max_size=4),
    memo=st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cn"))),
)
def test_any_words_survive_the_round_trip(tmp_path_factory, texts, names, memo):
    names = list(
        {normal(n).strip().casefold(): normal(n).strip() for n in names}.values()
    )
    text = normal("\n".join(texts))
    codes = tuple(Code(str(i), "", name, memo) for i, name in enumerate(names))
    codings = ({"code": "0", "coder": "x", "memo": memo},)
    quotations = [Quotation("talk", 0, text.split("\n")[0], codings, {"section": memo})]
    carried = Carried({"talk": text}, codes, tuple(quotations), {"x": ("x", memo)})
    corpus, _ = tables_of(carried)
    path = tmp_path_factory.mktemp("any") / "a.qdpx"
    path.write_bytes(exchange.exported(corpus, ".qdpx", "fr"))
    again, lost = exchange.imported(path)
    assert lost.empty
    assert files(again) == files(corpus)


@given(about=st.dictionaries(st.sampled_from(["memo", "turn"]), st.text(min_size=1)))
def test_lines_come_back_as_they_were(about):
    assert values(lines(about)) == about
