"""A case read together with those that are of the same account, as same_account links say."""

from __future__ import annotations

from collections.abc import Callable

from domain.account.incident import Incident
from domain.account.standing import Standing


class Together:
    """A case first, then each that same_account links lead to, at one moment.

    Links lead on: of A linked with B, and B with C, all three are one account. Other cases are
    looked for only where there is a link; `standing_of` gives one by its reference.
    """

    def __init__(self, case: Standing, standing_of: Callable[[str], Standing]) -> None:
        self._case = case
        self._standing_of = standing_of
        self._cases: list[Standing] | None = None

    @property
    def cases(self) -> list[Standing]:
        """The case and all that are of its account."""
        if self._cases is None:
            self._cases = self._found()
        return self._cases

    @property
    def others(self) -> list[Standing]:
        """Those cases without the one asked about; mostly none."""
        return self.cases[1:] if self._case.links else []

    def strikes(self) -> list[Incident]:
        """The upheld incidents of the account that count, oldest behaviour first."""
        if not self._case.links:
            return self._case.strikes()
        counted = (strike for case in self.cases for strike in case.strikes())
        return sorted(counted, key=lambda i: (i.judged_by_date_of, i.case, i.number))

    def case_of(self, incident: Incident) -> Standing:
        """The case in which that incident is recorded."""
        return next((case for case in self.others if case.case == incident.case), self._case)

    def _found(self) -> list[Standing]:
        found = {self._case.case: self._case}
        waiting = [self._case]
        while waiting:
            for other in waiting.pop().same_account():
                if other not in found:
                    found[other] = self._standing_of(other)
                    waiting.append(found[other])
        return list(found.values())
