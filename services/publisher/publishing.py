"""One stretch of publishing: from Kafka's tail on, in order, until told to stop or a send fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from services.log.counting import Place
from services.log.faults import RecordTooLarge
from services.log.partitions import partition_of
from services.log.records import Outgoing, outgoing
from services.log.sending import Sender, Sent, check_size
from services.log.settings import LogSettings
from services.publisher.remembered import Progress
from services.publisher.tail import Tail
from services.store.log import Log, Stored

AT_ONCE = 1000


class Publishing:
    """Sends each event of the register that its partition lacks; `meanwhile` shows we are there."""

    def __init__(
        self,
        log: Log,
        sender: Sender,
        settings: LogSettings,
        epoch: int,
        tail: Tail,
        largest: int,
        meanwhile: Callable[[], object],
    ) -> None:
        self._log = log
        self._sender = sender
        self._settings = settings
        self._epoch = epoch
        self._largest = largest
        self._meanwhile = meanwhile
        self._read = tail.complete
        self._filled = {n: place.position for n, place in tail.places.items()}
        self.progress = Progress(tail.complete, dict(tail.places))
        """How far Kafka has answered that it has everything."""
        self.case = ""
        """The case of the last event that was answered."""

    def step(self) -> int:
        """Read a batch and send it; at the end of the register, wait for Kafka's answers.

        Returns how many events were read, 0 at the end. Raises NotSent and RecordTooLarge.
        """
        events = self._log.stored(after=self._read, size=AT_ONCE)
        self._send_on(events)
        if len(events) < AT_ONCE:
            # Nothing more is there, so that nothing is gained by waiting for more to send with it.
            self.finish()
            self.progress = self.progress._replace(position=self._read)
        return len(events)

    def finish(self) -> None:
        """Wait until Kafka has all that was sent. Raises NotSent."""
        self._answered(self._sender.settle(self._meanwhile))

    def _send_on(self, events: Sequence[Stored]) -> None:
        records: list[Outgoing] = []
        try:
            for event in events:
                if record := self._record(event):
                    records.append(record)
        except RecordTooLarge:
            self._send(records)
            self.finish()
            raise
        self._send(records)
        self._read = events[-1].position if events else self._read

    def _send(self, records: list[Outgoing]) -> None:
        if records:
            self._answered(self._sender.send(records, self._meanwhile))

    def _record(self, event: Stored) -> Outgoing | None:
        partition = partition_of(event.stream, self._settings.partitions)
        previous = self._filled.get(partition, 0)
        if event.position <= previous:
            return None  # it is there, though another partition lacks an earlier one
        record = outgoing(event, partition, previous, self._epoch)
        if len(event.body) > self._largest // 2:
            self._check_size(record)
        self._filled[partition] = event.position
        return record

    def _check_size(self, record: Outgoing) -> None:
        # Looked at before it is sent: what comes after it in its partition must not go first.
        check_size(record, self._largest, self._settings)

    def _answered(self, batches: Iterable[Sent]) -> None:
        for sent in batches:
            places = dict(self.progress.places)
            for partition, (offset, position) in sent.ends.items():
                places[partition] = Place(offset + 1, self._epoch, position)
            self.progress = Progress(sent.last.position, places)
            self.case = sent.last.subject
