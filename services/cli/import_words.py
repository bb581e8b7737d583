"""An import in words: the columns as understood, what is recorded, irregular, and left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from domain.policy.policy import Policy
from services.importing.reading import RegisterFile, Table
from services.importing.summary import Summary
from services.importing.wording import shown

MOST = 20


def in_words(
    summary: Summary, file: RegisterFile, policy: Policy, dry: bool, rejects: Path | None
) -> Iterator[str]:
    """The whole of an import, in lines."""
    for table in file.tables:
        yield from _columns(table)
    if file.left_out:
        yield f"Left out, as they hold no register: {', '.join(file.left_out)}."
    yield ""
    yield from _counts(summary, dry)
    yield from _irregular(summary, policy)
    yield from _refused(summary, rejects)
    if dry:
        yield "This was a dry run: nothing was recorded."


def _columns(table: Table) -> Iterator[str]:
    where = f" of sheet {table.sheet.name}" if table.sheet.name else ""
    yield f"Columns{where}, headings in row {table.headings.last + 1}:"
    for text, field in zip(table.headings.texts, table.headings.fields, strict=True):
        if field:
            known = "left out" if field == "ignored" else f"{field} ({shown(field)})"
            yield f"  {text}: {known}"
    for text in table.headings.unknown:
        yield f"  {text}: not understood, kept in the note. --map {text!r}=FIELD says what it is."


def _counts(summary: Summary, dry: bool) -> Iterator[str]:
    n = summary.counts
    will = "would be" if dry else "were"
    yield (
        f"Of {n['rows']} rows, {n['flags']} {will} recorded as incidents of {n['accounts']} new "
        f"accounts; {n['duplicates']} are known already, {len(summary.rejects)} can't be recorded."
    )
    yield (
        f"Among them: {n['no_breach']} found to be no breach, {n['blocks']} blocks, "
        f"{n['reversed']} reversals, {n['appeals']} appeals, {n['early_appeals']} of them early."
    )


def _irregular(summary: Summary, policy: Policy) -> Iterator[str]:
    if not summary.by_rule:
        return
    yield ""
    yield f"Irregular in {summary.counts['irregular']} rows, by rule:"
    rules: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (rule, what), times in summary.by_rule.items():
        rules[rule][what] += times
    for rule in sorted(rules):
        known = policy.rules.get(rule)
        yield f"  {rule}{f': “{known.quote}”' if known else ''}"
        yield from (f"    {times} times {what}" for what, times in rules[rule].most_common())


def _refused(summary: Summary, rejects: Path | None) -> Iterator[str]:
    refused = summary.rejects
    if not refused:
        return
    yield ""
    yield "Not recorded:"
    for row in refused[:MOST]:
        yield f"  row {row.number}{f', {row.ref}' if row.ref else ''}: {row.fault}"
    if len(refused) > MOST:
        yield f"  and {len(refused) - MOST} more"
    if rejects:
        yield f"They are in {rejects}: mend them there and import that file."
