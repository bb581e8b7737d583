"""Whether every referral to an authority that a policy owes goes to one that it names."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.faults import Fault
from services.policies.places import Table, duties, table, words


def unnamed_authorities(file: Table) -> Iterator[Fault]:
    """Duties of referral to nobody, and two that could not be told apart."""
    known = table(file, "authorities")
    cited: dict[str, str] = {}
    for path, duty in duties(file):
        authority, owes = duty.get("authority"), duty.get("code") == "refer_authority"
        if owes and authority is None:
            problem = "owes a referral, and does not say to which authority"
            yield Fault(f"{path}.code", problem, "authority = one of [authorities]")
        elif not owes and authority is not None:
            problem = f"means nothing for {duty.get('code')}"
            yield Fault(f"{path}.authority", problem, 'code = "refer_authority"')
        elif isinstance(authority, str):
            if authority not in known:
                choices = ", ".join(sorted(known)) or f"a table [authorities.{authority}]"
                problem = f"names {authority}, which is no authority of this file"
                yield Fault(f"{path}.authority", problem, f"one of: {choices}")
            for rule in words(duty, "rules")[:1]:
                if cited.setdefault(rule, authority) != authority:
                    problem = (
                        f"owes a referral to another authority under {rule} than {cited[rule]}"
                    )
                    yield Fault(f"{path}.rules", problem, "a rule of its own first")
