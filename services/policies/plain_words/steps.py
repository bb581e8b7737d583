"""The steps of a policy against what was found, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from services.policies.plain_words.citing import File, cited, force_of, silent
from services.policies.plain_words.deciding import approval, hearing, length, notice_in_words
from services.policies.plain_words.following import following
from services.policies.plain_words.phrases import (
    FORCES,
    NOTICES,
    SCOPES,
    applies_to,
    days_in_words,
    decided,
    either,
    needs_in_words,
    plain,
)


def removal(file: File) -> Iterator[str]:
    """Hiding and deleting, with and without a breach."""
    step = file["removal"]
    yield f"  The council {force_of(file, step['rules'])} hide or delete."
    yield from cited(file, step["rules"])
    yield from needs_in_words(step)
    if never := step.get("never_for"):
        yield f"  It never hides or deletes what is {either(never['categories'])} and nothing more:"
        yield from cited(file, never["rules"])
    for code, ground in step.get("grounds", {}).items():
        yield f"  Without a breach, it {force_of(file, ground['rules'])} do so for: {plain(code)}"
        yield from decided(ground)
        yield from cited(file, ground["rules"])
        yield from needs_in_words(ground)
    yield "  What was removed under a finding that is overturned comes back:"
    yield from cited(file, step["restore_after_overturning"])


def asking(file: File) -> Iterator[str]:
    """Asking the author first, where the policy knows it."""
    step = file.get("asking")
    if step is None:
        yield from silent(file, "asking")
        return
    yield (
        f"  The council {force_of(file, step['rules'])} ask the author to remove it, by "
        f"{either(step['ways'], 'or' if step.get('all_or_any') == 'any' else 'and')}."
    )
    yield from cited(file, step["rules"])
    if cure := step.get("cure"):
        yield f"  The author has complied once it is {either(cure)}."
    if window := step.get("window"):
        yield f"  The author has {days_in_words(window['working_days'])}:"
        yield from cited(file, step["window_rules"])


def blocks(file: File) -> Iterator[str]:
    """Each ground of a block, and what a block is."""
    step = file["blocks"]
    yield from cited(file, step["rules"])
    yield from decided(step)
    yield from approval(file, step)
    yield from hearing(file, step)
    yield from silent(file, "block_decider")
    yield f"  A block lasts: {either(step['lengths'])}."
    yield from silent(file, "block_length")
    for code, ground in step["grounds"].items():
        force = FORCES[ground.get("force", "may")]
        taken = either(SCOPES[scope] for scope in ground["scopes"])
        named = plain(code).capitalize() + (f", {held}" if (held := applies_to(ground)) else "")
        yield f"  {named}: the council {force} block; that takes away {taken}"
        yield from decided(ground)
        yield from cited(file, ground["rules"])
        yield from needs_in_words(ground)
        yield from approval(file, ground, "    ")
        yield from hearing(file, ground, "    ")
        yield from length(ground)
    yield from silent(file, "block_ground")
    yield "  A second block needs a scope or a channel that the standing one lacks:"
    yield from cited(file, step["second_decision"])
    yield from following(
        file, "proposed", "intention", "response", "blocked", "varied", "review_set"
    )


def telling(file: File) -> Iterator[str]:
    """Whether the person and the director are told of a block."""
    notice = file["blocks"].get("notice")
    if notice is None:
        yield from silent(file, "notice")
    else:
        before = ", before it is applied" if notice.get("needed_before_applying") else ""
        yield f"  The person blocked: the council {NOTICES[notice['force']]}{before}."
        yield from cited(file, notice["rules"])
        yield from notice_in_words(notice)
    if "director" in file:
        step = file["director"]
        aware = ", and aware once it is sent" if step.get("aware") == "sent" else ""
        yield f"  The {plain(step.get('told', 'service director')).title()} is told{aware}:"
        yield from cited(file, file["director"]["rules"])
    else:
        yield from silent(file, "director")


def reversal(file: File) -> Iterator[str]:
    """Who may take a block back."""
    step = file["blocks"]["reversal"]
    agreed = either(step.get("agreement_of", ()))
    agreement = f" with the agreement of the {agreed}" if agreed else ""
    yield f"  A block is reversed{agreement}:"
    yield from cited(file, step["rules"])
    yield "  Who decided the block does not reverse it:"
    yield from cited(file, step["distinct"])
    yield from following(file, "unblocked")


def others(file: File) -> Iterator[str]:
    """The police and the platform."""
    if police := file.get("police"):
        yield f"  The council {force_of(file, police['rules'])} refer to the police."
        for ground, rules in police["grounds"].items():
            yield f"  On the ground of {plain(ground)}:"
            yield from cited(file, rules)
        for key, what in (
            ("not_criminal", "What does not look criminal is referred only by"),
            ("unsent", "A referral that is owed may be closed unsent only by"),
        ):
            if key in police:
                yield f"  {what} the {either(police[key]['decided_by'])}:"
                yield from cited(file, police[key]["rules"])
    if reports := file.get("platform_reports"):
        yield "  Reporting to the platform:"
        yield from cited(file, reports["rules"])
        yield from needs_in_words(reports)
