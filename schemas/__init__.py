"""The published language: one schema per command and per event, and what holds documents to it."""

from schemas.catalogue import command_names, command_schema, event_schema, event_types
from schemas.checking import check_command, check_event
from schemas.faults import Fault, InvalidDocument, InvalidEvent
from schemas.json_text import canonical, parse_document
from schemas.marks import correctable_fields
from schemas.tidying import without_blanks

__all__ = [
    "Fault",
    "InvalidDocument",
    "InvalidEvent",
    "canonical",
    "check_command",
    "check_event",
    "command_names",
    "command_schema",
    "correctable_fields",
    "event_schema",
    "event_types",
    "parse_document",
    "without_blanks",
]
