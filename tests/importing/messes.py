"""Makes registers of its own, wrong in ways that the two councils' are not, each from a seed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import openpyxl

NAMES = {
    "ref": ("Ref", "Log no", "Incident ref."),
    "platform": ("Platform", "Social media channel", "Network"),
    "name": ("Account name", "Display name", "Name"),
    "handle": ("Handle", "User name", "Screen name"),
    "posted": ("Date of post", "Posted on", "Date posted"),
    "seen": ("Date seen", "Logged on", "Date"),
    "text": ("Post / comment", "Comment", "What was said"),
    "why": ("Why unacceptable", "Category", "Nature of breach"),
    "action": ("Action taken", "Action"),
    "blocked": ("Blocked? (Y/N)", "Banned?", "BLOCKED"),
    "blocked_on": ("Date blocked", "Block date"),
    "appeal": ("Appeal received", "Date of appeal"),
    "outcome": ("Outcome of appeal", "Appeal result"),
}
GROUPS = {"name": "Account", "handle": "Account", "posted": "Post", "text": "Post"}
PLATFORMS = {
    "facebook": ("FB", "Face book", "facebook ", "Facebook page", "FACEBOOK"),
    "x": ("X", "Twitter", "X (Twitter)", "twitter/X", "X - formerly Twitter"),
}
DATES = (
    "{d:%d/%m/%Y}",
    "{d:%d/%m/%y}",
    "{d.day}.{d.month}.{d:%Y}",
    "{d:%d-%b-%y}",
    "{d.day} {d:%B %Y}",
    "{d:%Y-%m-%d}",
    "{d:%A} {d.day} {d:%b %Y}",
    "{d.day}th {d:%B %Y}",
    "\u00a0{d:%d/%m/%Y}\u00a0",
)
HANDLES = ("{h}", "@{h}", " @{h} ", "{H}", "https://www.facebook.com/{h}", "\u00a0@{h}")
FAULTS = ("no handle and no name", "no date", "bad date", "future")


@dataclass
class Mess:
    """A register made from a seed, and what a careful clerk reads out of it."""

    seed: int
    truth: dict[str, Any] = field(default_factory=dict)
    rows: list[dict[str, str | date]] = field(default_factory=list)
    posted: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self._incidents()

    def write(self, folder: Path) -> Path:
        """The register as a file, of a kind that the seed chooses."""
        lines = self._lines()
        if self.random.random() < 0.4:
            return self._workbook(folder / "register.xlsx", lines)
        encoding = self.random.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
        out = io.StringIO()
        delimiter = self.random.choice((",", ";", "\t"))
        csv.writer(out, delimiter=delimiter).writerows(
            [[self._typed(cell) for cell in line] for line in lines]
        )
        path = folder / "register.csv"
        path.write_bytes(out.getvalue().encode(encoding))
        return path

    def _incidents(self) -> None:
        r = self.random
        counts = dict.fromkeys(("blocks", "reversed", "appeals", "early_appeals", "no_breach"), 0)
        who, unreadable, duplicates, flags = set(), [], 0, 0
        for number in range(1, r.randrange(20, 60)):
            row, told = self._incident(f"M{number:03}")
            fault = r.choice(FAULTS) if r.random() < 0.12 else None
            if fault:
                self._spoil(row, fault)
                unreadable.append({"ref": row["ref"], "fault": fault})
            else:
                flags += 1
                self.posted[row["ref"]] = row["posted"].isoformat()
                who.add((told.pop("platform"), told.pop("handle")))
                for word, times in told.items():
                    counts[word] += times
            self.rows.append(row)
            if not fault and r.random() < 0.1:
                self.rows.append(dict(row))
                duplicates += 1
        self.truth = counts | {
            "rows": len(self.rows),
            "accounts": len(who),
            "flags": flags,
            "duplicates": duplicates,
            "unreadable": unreadable,
        }

    def _incident(self, ref: str) -> tuple[dict[str, Any], dict[str, Any]]:
        r = self.random
        platform, number = r.choice(tuple(PLATFORMS)), r.randrange(15)
        posted = date(2019, 1, 1) + timedelta(days=r.randrange(1500))
        if r.random() < 0.4:
            # 05/06 or 06/05: only that days come first tells which.
            posted = posted.replace(day=r.randrange(1, 13))
        breach, blocks = r.random() < 0.8, r.random() < 0.4
        row: dict[str, Any] = {
            "ref": ref,
            "platform": platform,
            "name": f"Maple {number}",
            "handle": f"maple.heron{number}",
            "posted": posted,
            "seen": posted + timedelta(days=r.randrange(3)),
            "text": r.choice(("thieves", "=1+1", "-50% off", "“quoted”, twice\nover two lines")),
            "why": "swearing" if breach else "none – criticism only",
            "action": "hidden" if breach else "no action",
            "blocked": r.choice(("Y", "yes", "Yes")) if blocks else r.choice(("N", "no", "")),
        }
        told = {"platform": platform, "handle": number, "no_breach": not breach, "blocks": blocks}
        if blocks:
            row["blocked_on"] = blocked = row["seen"] + timedelta(days=1)
            if r.random() < 0.5:
                year_later = date(blocked.year + 1, blocked.month, min(blocked.day, 28))
                early = r.random() < 0.4
                row["appeal"] = year_later + timedelta(days=-20 if early else 5)
                row["outcome"] = r.choice(("reversed", "refused", "")) if not early else ""
                told |= {
                    "appeals": 1,
                    "early_appeals": early,
                    "reversed": row["outcome"] == "reversed",
                }
        return row, told

    def _spoil(self, row: dict[str, Any], fault: str) -> None:
        match fault:
            case "no handle and no name":
                row |= {"handle": self.random.choice(("", "@", "n/a", "-")), "name": ""}
            case "no date":
                row |= {"posted": "", "seen": self.random.choice(("", "not known", "?"))}
            case "bad date":
                bad = self.random.choice(("31/02/2022", "12/25/2021", "last Tuesday", "0/1/20"))
                row[self.random.choice(("posted", "seen"))] = bad
            case "future":
                row["posted"] = row["seen"] = date(2062, 7, 14)

    def _lines(self) -> list[list[Any]]:
        r = self.random
        columns = list(NAMES)
        r.shuffle(columns)
        names = [r.choice(NAMES[column]) for column in columns]
        twice = r.randrange(len(columns)) if r.random() < 0.3 else None
        rows = [[row.get(column, "") for column in columns] for row in self.rows]
        rows = [self._written(columns, line) for line in rows]
        if twice is not None:
            names.append(names[twice])
            rows = [[*line, line[twice] if r.random() < 0.5 else ""] for line in rows]
        heads = self._heads(columns, names)
        lines: list[list[Any]] = [["Register of incidents. Do not sort."], []][: r.randrange(3)]
        lines += heads
        for line in rows:
            lines += [[""] * len(line)] if r.random() < 0.05 else []
            lines += [heads[-1]] if r.random() < 0.03 and len(heads) == 1 else []
            lines.append(line)
        if r.random() < 0.6:
            total = ["Total", str(len(rows))] + [""] * (len(names) - 2)
            lines += [[], r.choice((total, ["", "TOTALS:", "12"]))]
        return lines

    def _heads(self, columns: list[str], names: list[str]) -> list[list[str]]:
        """One line of headings, or two with merged cells above what belongs together."""
        if self.random.random() < 0.7:
            return [names]
        above = [GROUPS.get(column, "") for column in columns]
        above += [""] * (len(names) - len(above))
        return [above, names]

    def _written(self, columns: list[str], line: list[Any]) -> list[Any]:
        return [self._cell(column, value) for column, value in zip(columns, line, strict=True)]

    def _cell(self, column: str, value: Any) -> Any:
        r = self.random
        if isinstance(value, date):
            return value if r.random() < 0.3 else r.choice(DATES).format(d=value)
        if column == "platform":
            return r.choice(PLATFORMS[value])
        if column == "handle" and value.startswith("maple"):
            return r.choice(HANDLES).format(h=value, H=value.upper())
        return value

    def _typed(self, cell: Any) -> str:
        return str(_serial(cell))

    def _workbook(self, path: Path, lines: list[list[Any]]) -> Path:
        book = openpyxl.Workbook()
        book.active.title = "READ ME"
        book.active.append(["Register of incidents. Do not sort."])
        sheet = book.create_sheet("2019 to date")
        serials = self.random.random() < 0.4
        for line in lines:
            sheet.append([(_serial(cell) if serials else cell) or None for cell in line])
        sheet.merge_cells("A1:B1") if len(lines[0]) == 1 else None
        book.create_sheet("Sheet3")
        book.save(path)
        return path


def _serial(cell: Any) -> Any:
    """As a spreadsheet keeps a real date: the days since 1900."""
    return (cell - date(1899, 12, 30)).days if isinstance(cell, date) else cell
