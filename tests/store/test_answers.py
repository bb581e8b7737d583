import pytest
from eventsourcing.persistence import IntegrityError

from services.store.answers import Answers
from tests.store.notes import cut_short

DOCUMENT, ANSWER = b'{"command": "hide"}', b'{"outcome": "accepted"}'


@pytest.fixture
def answers(database):
    return Answers(database)


def test_the_first_answer_comes_back_and_knows_its_document(database, answers):
    assert answers.first_answer("ashfield", "id-1") is None
    with database.writing():
        answers.keep("ashfield", "id-1", DOCUMENT, ANSWER)
    first = answers.first_answer("ashfield", "id-1")
    assert first.answer == ANSWER
    assert first.is_to(DOCUMENT)
    assert not first.is_to(DOCUMENT + b" ")


def test_ids_are_each_councils_own(database, answers):
    with database.writing():
        answers.keep("ashfield", "id-1", DOCUMENT, ANSWER)
        answers.keep("north-northamptonshire", "id-1", b"other", b"no")
    assert answers.first_answer("north-northamptonshire", "id-1").answer == b"no"


def test_an_id_is_answered_once(database, answers):
    with database.writing():
        answers.keep("ashfield", "id-1", DOCUMENT, ANSWER)
    with pytest.raises(IntegrityError), database.writing():
        answers.keep("ashfield", "id-1", DOCUMENT, b"another")
    assert answers.first_answer("ashfield", "id-1").answer == ANSWER


def test_an_answer_goes_with_its_transaction(database, answers):
    cut_short(database, lambda: answers.keep("ashfield", "id-1", DOCUMENT, ANSWER))
    assert answers.first_answer("ashfield", "id-1") is None
