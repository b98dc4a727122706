"""Numbers of persons by their published rules, and what is no such number."""

from __future__ import annotations

import datetime as dt

import pytest

from workbook_builder.screen.identity import heading_of, nhs_is_sound, telling, upn_is_sound

AS_AT = dt.date(2025, 6, 30)


@pytest.mark.parametrize(
    ("upn", "sound"),
    [
        # By the government's data standards catalogue: 4 + 28 + 9 + 60 + 48 + 117 = 266, which
        # leaves 13 when divided by 23, and 13 is P. The second pair is python-stdnum's example.
        ("P207000016049", True),
        ("B207000016049", False),
        ("B801200005001", True),
        ("A801200005001", False),
    ],
)
def test_the_letter_of_a_pupil_number(upn: str, sound: bool) -> None:
    assert upn_is_sound(upn) is sound


def test_a_temporary_pupil_number_ends_in_a_letter_that_counts() -> None:
    # 8*2 + 1*4 + 2*5 + 5*10 = 80, and 13 times the last letter: B is 1, so 93; 93 mod 23 = 1: B.
    assert upn_is_sound("B80120000500B")
    assert not upn_is_sound("B80120000500C")


@pytest.mark.parametrize(
    ("digits", "sound"),
    [
        # The example in the NHS Data Dictionary, and the same with one digit changed.
        ("9434765919", True),
        ("9434765918", False),
        ("9434765870", True),
        ("0000000000", False),
        ("943476591", False),
    ],
)
def test_the_check_digit_of_an_nhs_number(digits: str, sound: bool) -> None:
    assert nhs_is_sound(digits) is sound


TEXTS: list[tuple[str, set[str]]] = [
    ("UPN P207000016049 moved school", {"WB851"}),
    ("p207000016049", {"WB851"}),
    ("NHS number 943 476 5919", {"WB852"}),
    ("943-476-5919", {"WB852"}),
    ("Child ID: 654321", {"WB853"}),
    ("Mosaic number 1234567 has moved", {"WB853"}),
    ("DOB 12/03/2011", {"WB854"}),
    ("d.o.b. 12.3.11", {"WB854"}),
    ("born on 12 March 2011", {"WB854"}),
    ("Date of birth: 2011-03-12", {"WB854"}),
    ("Adopter, DOB 12/03/1971", {"WB854"}),
    ("AB 12 34 56 C", {"WB855"}),
    # What looks like it and is none.
    ("The population is 1234567 and 9434765918", set()),
    ("£9434765919", set()),
    ("a digest 81062bb8defb2151761398d7396e14c182bad1e6", set()),
    ("telephone 020 8489 0000", set()),
    ("Born in 2011: 12 children", set()),
    ("The service was born on 12 March 1948", set()),
    ("Reviewed 12/03/2025", set()),
    ("Number of children 1234567", set()),
    ("Case load 24", set()),
    ("2014-02 to 2015-03", set()),
]


@pytest.mark.parametrize(("text", "codes"), TEXTS)
def test_what_a_text_tells(text: str, codes: set[str]) -> None:
    assert {kind.code for kind in telling(text, AS_AT)} == codes


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Child ID", "WB853"),
        ("Child unique ID", "WB853"),
        ("Mosaic ID", "WB853"),
        ("LCS Number", "WB853"),
        ("UASC ID", "WB853"),
        ("Home Office reference", "WB853"),
        ("Date of Birth", "WB854"),
        ("Child's D.O.B.", "WB854"),
        ("NHS No.", "WB852"),
        ("Unique Pupil Number", "WB851"),
        ("Former UPN", "WB851"),
        ("Number of children", ""),
        ("Children", ""),
        ("Case load", ""),
        ("Ref", ""),
        ("ID", ""),
        ("Indicator number", ""),
    ],
)
def test_what_a_heading_says(heading: str, code: str) -> None:
    found = heading_of(heading)
    assert (found.code if found else "") == code
