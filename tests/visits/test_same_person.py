"""The town counts people, not registrations: who is taken for the same person."""

from __future__ import annotations

from fieldapp.visits.identity import Trace, contact_key, first_of_each, id_key

SECRET = b"a secret of this test"


def test_one_id_number_is_one_person_however_it_was_typed() -> None:
    first = id_key(SECRET, "99999919950101001X")
    again = id_key(SECRET, " 99999919950101001x ")

    same = first_of_each([Trace("a", first, None), Trace("b", again, None)])

    assert same == {"a": None, "b": "a"}


def test_name_and_phone_decide_where_one_of_them_gave_no_number() -> None:
    contact = contact_key(SECRET, "王 小明", "139 0000 0001")
    same_contact = contact_key(SECRET, "王小明", "13900000001")

    same = first_of_each([Trace("a", "id-1", contact), Trace("b", None, same_contact)])

    assert same == {"a": None, "b": "a"}


def test_two_numbers_are_two_people_even_with_one_name_and_one_phone() -> None:
    contact = contact_key(SECRET, "王小明", "13900000001")

    same = first_of_each([Trace("a", "id-1", contact), Trace("b", "id-2", contact)])

    assert same == {"a": None, "b": None}


def test_a_registration_can_link_two_earlier_pieces_of_knowledge() -> None:
    same = first_of_each(
        [
            Trace("a", None, "contact-1"),
            Trace("b", "id-1", "contact-1"),
            Trace("c", "id-1", "contact-2"),
        ]
    )

    assert same == {"a": None, "b": "a", "c": "a"}


def test_who_has_neither_number_nor_phone_is_nobody_else() -> None:
    nobody = Trace("a", id_key(SECRET, None), contact_key(SECRET, "王小明", None))

    assert first_of_each([nobody, nobody._replace(record="b")]) == {"a": None, "b": None}


def test_a_key_tells_nothing_without_the_secret() -> None:
    number = "999999195001010018"

    assert id_key(SECRET, number) != id_key(b"another secret", number)
    assert number not in str(id_key(SECRET, number))
