from hashlib import sha256
from uuid import UUID

import pytest
from eventsourcing.persistence import IntegrityError

from services.store.directory import Directory


@pytest.fixture
def directory(database):
    return Directory(database)


def test_councils_and_their_staff_are_found_by_name(database, directory):
    assert directory.councils() == []
    with database.writing():
        directory.add_council("north-northamptonshire", UUID(int=2))
        directory.add_council("ashfield", UUID(int=1))
        directory.add_staff("ashfield", "jo.p", UUID(int=3))
    assert directory.councils() == ["ashfield", "north-northamptonshire"]
    assert directory.council("ashfield") == UUID(int=1)
    assert directory.council("nowhere") is None
    assert directory.staff("ashfield", "jo.p") == UUID(int=3)
    assert directory.staff("north-northamptonshire", "jo.p") is None
    assert directory.staff_of("ashfield") == {"jo.p": UUID(int=3)}


def test_nobody_is_entered_twice(database, directory):
    with database.writing():
        directory.add_staff("ashfield", "jo.p", UUID(int=3))
    with pytest.raises(IntegrityError), database.writing():
        directory.add_staff("ashfield", "jo.p", UUID(int=4))


def test_the_bytes_of_a_policy_are_kept_once_by_their_sha256(database, directory):
    content = b'id = "ashfield"\r\n'
    with database.writing():
        digest = directory.keep_policy_file(content)
        assert directory.keep_policy_file(content) == digest
    assert digest == sha256(content).hexdigest()
    assert directory.policy_file(digest) == content
    assert directory.policy_file("00" * 32) is None
    assert database.query("SELECT count(*) FROM policy_files") == [(1,)]
