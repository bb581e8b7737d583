"""The duties that a file may name are those that a command ends."""

from domain.commands.discharge import ENDS
from schemas.catalogue import command_names
from services.policies.owed import MET_BY


def test_whatever_a_command_ends_can_be_owed_and_the_rest_waits_for_its_command():
    assert ENDS.keys() <= MET_BY.keys()
    waiting = [code for code in MET_BY if code not in ENDS]
    assert not {way for code in waiting for way in MET_BY[code]} & set(command_names())
