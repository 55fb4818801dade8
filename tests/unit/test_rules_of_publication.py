"""What tells who a person is, and what only looks like it."""

from __future__ import annotations

import time

import pytest

from twofold.checks.privacy import personal_data

PERSONAL = """
    +49 30 901820 | +49 (0)30 9018-20 | 0049 30 901820 | 030 1234567 | (030) 123 45 67 | 030/1234567
    030-1234567 | +1 (555) 123-4567 | 555-123-4567 | (555) 123-4567 | 555.123.4567 | Tel.: 5550199
    phone: 12345 67 | 020 7946 0958 | 020-7946-0958 | +44 20 7946 0958 | 01712345678 | +33 1 23 45 67 89
    01.23.45.67.89 | anna@st-anna.example | a.b+c@x-y.co.uk | mailto:anna@example.org | +4930901820
"""
HARMLESS = """
    2026-09-18 | 18.09.2026 | 01.02.2026 | 01/02/2026 | 01.02.2026 - 03.02.2026 | 01.02.2026-03.02.2026
    2026-Q3 | WL-1184 | WARD-118-222-3333 | Form 2026-118, signed 2026-07-02 | 120 000 EUR
    1 200 000 EUR | 1,200,000 | +12 000 000 | +12 000 000 EUR | 68,000 euros | 0.5-0.75 | 0815-4711
    0815-4711-2026 | 08:00-16:30 | 10.0.0.12 | 010.020.030.040 | 1200-1500 | 2025-2026 | 41 of 60
    2026.3.1 | 978-3-16-148410-0 | 0.123456789 | 00:10:20 | 550e8400-e29b-41d4-a716-446655440000
    03.04. and 05.06.2026 | 2026-09-18T10:00:00+0200 | 0-10, 11-20, 21-30 | from 01.10. to 31.12.2026
    1 000 000 000 people | 03 of 12 wards, 04 of 14 | ticket #0123456 | v0.12.345
    in 2024, 2025 and 2026 | 2026/09/18 | user@localhost | @ward | 5,000,000-6,000,000 | +5-10 | 000123
    12-34-5678 | 120,000.00 | 1.200.000 | 01.02.03 04.05.06 | at 07.30, 08.15, 09.45 and 10.00
    0 of 12 34 of 56
"""
HOSTILE = ("0", "+1 ", "01 ", "01-", "a.", "x@a-", "(030) ", "1-", "tel.:1 ", "0 1", "@", "+(")


def _each(listed: str) -> list[str]:
    return [one.strip() for line in listed.strip().splitlines() for one in line.split("|")]


@pytest.mark.parametrize("text", _each(PERSONAL))
def test_an_address_or_a_number_of_a_person_is_found_whole(text: str) -> None:
    around = f"so {text} and"
    found = [around[begin:end] for _, (begin, end) in personal_data(around)]
    assert found == [text.removeprefix("mailto:")]


@pytest.mark.parametrize("text", _each(HARMLESS))
@pytest.mark.parametrize("around", ["{}", "so {} and", "({})"])
def test_what_looks_like_a_number_of_a_person_is_none(text: str, around: str) -> None:
    assert list(personal_data(around.format(text))) == []


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long_to_look_through(piece: str) -> None:
    begun = time.process_time()
    list(personal_data(piece * 20_000))
    assert time.process_time() - begun < 2
