"""Words find their place in a text, or none."""

from hypothesis import given
from hypothesis import strategies as st

from ecrm_helpers.interview.anchors import anchor, normal


@given(before=st.text(), words=st.text(min_size=1), after=st.text())
def test_an_anchor_gives_the_words_it_was_asked_for(before, words, after):
    text = normal(before + words + after)
    span = anchor(text, words, len(normal(before)))
    if span is not None:
        found = text[span[0] : span[1]]
        assert found.split() == normal(words).split()
