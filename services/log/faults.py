"""What can be wrong with the log: away for a while, or refusing until a person does something."""

from __future__ import annotations

from services.faults import Fault


class LogAway(Fault):
    """Kafka can't be reached or doesn't take it now; trying again later is right."""


class LogRefuses(Fault):
    """Kafka refuses for good: who we are, or what we may do."""


class RecordTooLarge(Fault):
    """A record is larger than the topic takes."""


class TopicMissing(Fault):
    """There is no such topic."""


class TopicNotOurs(Fault):
    """The topic is another one than this register's, or no longer holds all of it."""
