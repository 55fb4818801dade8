"""The letters and digits of a text, found run by run, are those of the text as a whole."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from twofold.prose.words import GAP, squash


def as_a_whole(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in folded if sign.isalnum() or sign == GAP)


SIGNS = st.one_of(
    st.sampled_from(
        f"aeiKZ09 .-–’…ſÅßẞİıﬁ½²①Ａ\u0301\u0308\u0345\u0327\u00ad\u200b한\u1100\u1161\u11a8Σςǰﬃ中{GAP}"
    ),
    st.characters(exclude_categories=["Cs"]),
)


@settings(max_examples=400)
@given(st.text(SIGNS, max_size=12))
@example("e\u0301 E\u0301x\u0301")
@example("a" + "中文" * 9 + "\u0301")
def test_runs_beyond_ascii_are_folded_as_in_the_whole(text: str) -> None:
    assert squash(text) == as_a_whole(text)


@pytest.mark.parametrize(
    ("text", "letters"), [("Größe – 5²!", "grösse52"), ("ﬁt\u00adted", "fitted"), ("\ud800a", "a")]
)
def test_what_is_left_of_a_text(text: str, letters: str) -> None:
    assert squash(text) == letters
