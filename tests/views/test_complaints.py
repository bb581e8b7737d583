"""Complaints, asked of the register."""

from services.views.complaints import list_complaints
from tests.projections.histories import History


def test_every_complaint_with_whose_it_is_and_what_about(recording):
    history = History().opened()
    history("ComplaintReceived", "2024-04-02T10:00", complaint=1, received_on="2024-04-02")
    history("ComplaintAnswered", "2024-04-20T10:00", complaint=1)
    earlier = History("ASH-AAAA-M9XA").opened()
    earlier("ComplaintReceived", "2024-04-01T10:00", received_on="2024-04-01", about="The tone")
    recording(history, earlier)
    first, second = list_complaints(recording.database)
    assert (first["case"], first["status"], first["about"]) == ("ASH-AAAA-M9XA", "open", "The tone")
    assert (second["handle"], second["status"]) == ("maple.heron", "answered")
    assert list_complaints(recording.database, case="ASH-AAAA-M9XA") == [first]
    assert list_complaints(recording.database, council="nowhere") == []
