"""What `make html` compares: nothing new passes, and nothing stays in the baseline that is no longer said."""

from __future__ import annotations

from tests.html.__main__ import BASELINE
from tests.html.comparison import Message, baseline, differences

KNOWN = {Message("No such thing.", '<label for="a">'): "the theme's own"}


def said(text: str, element: str, *, url: str = "file:/site/index.html") -> dict[str, object]:
    extract = f"</p>\n{element}<b>"
    return {
        "type": "error",
        "url": url,
        "lastLine": 7,
        "message": text,
        "extract": extract,
        "hiliteStart": 5,
        "hiliteLength": len(element),
    }


def test_what_is_known_passes_however_often_it_is_said() -> None:
    found = [said("No such thing.", '<label for="a">'), said("No such thing.", '<label\n for="a">')]
    assert list(differences(found, KNOWN)) == []


def test_the_same_words_about_another_element_are_new() -> None:
    found = [said("No such thing.", '<label for="a">')]
    found += [said("No such thing.", "<label>", url=f"file:/site/{page}") for page in ("c.html", "b.html")]
    assert list(differences(found, KNOWN)) == ["/site/b.html:7 and 1 more\n    No such thing.\n    <label>"]


def test_what_is_no_longer_said_has_to_leave_the_baseline() -> None:
    (only,) = differences([], KNOWN)
    assert only.startswith("no longer said")


def test_a_page_that_could_not_be_read_is_told() -> None:
    unreadable: dict[str, object] = {"type": "non-document-error", "message": "Unreadable."}
    found = [unreadable, said("No such thing.", '<label for="a">')]
    (only,) = differences(found, KNOWN)
    assert "Unreadable." in only


def test_every_known_message_has_a_reason_and_is_about_an_element_of_material() -> None:
    known = baseline(BASELINE)
    assert all(reason.startswith("Material's ") for reason in known.values())
    assert all('class="md-' in message.element for message in known)
