"""`casebook checkpoint` and `export`: what a stranger needs to check the record without us."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from services.cli.shared_options import reading, upkeep, wants_json

if TYPE_CHECKING:
    from services.assemble import Casework


@click.command()
@click.option(
    "--push", metavar="WHERE", help="Also keep it in a folder, or at an https:// address."
)
@click.option(
    "--add-cosignature",
    "cosigned",
    type=click.File("rb"),
    metavar="FILE",
    help="Add a witness's signature: FILE is the checkpoint as the witness signed it.",
)
@click.option("--witness", metavar="KEY", help="The public key of that witness: NAME+ID+BASE64.")
@click.option("--public-key", is_flag=True, help="Print the public key instead, to be published.")
@click.option(
    "--new-key", is_flag=True, help="Sign with a new key from now on; the old hands over."
)
@upkeep
@click.pass_context
def checkpoint(context: click.Context, /, push: str | None, **asked: Any) -> None:
    """Print the latest signed checkpoint, once all that is recorded is under it."""
    from services.cli.opening import opened
    from services.cli.output import print_json

    if bool(asked["cosigned"]) != bool(asked["witness"]):
        raise click.UsageError("--add-cosignature FILE and --witness KEY go together.")
    with opened(context) as casework:
        log = casework.integrity
        latest = _after(casework, asked)
        key = str(log.checkpoints.key_periods()[-1].key)
    if push and latest:
        from services.proof import pushing

        click.echo(f"Kept at {pushing.push(latest, push)}.", err=True)
    if latest is None:
        click.echo("Nothing is recorded yet that could be signed.", err=True)
    elif wants_json(context):
        told = {"origin": latest.origin, "size": latest.size, "root": latest.root.hex()}
        print_json([told | {"note": str(latest), "key": key}])
    else:
        click.echo(key if asked["public_key"] else str(latest), nl=asked["public_key"])


def _after(casework: Casework, asked: dict[str, Any]) -> Any:
    log = casework.integrity
    if asked["cosigned"]:
        from services.proof.pushing import add_cosignatures

        content, witness = asked["cosigned"].read(), asked["witness"]
        add_cosignatures(casework.database, log.checkpoints, content, witness)
    if asked["new_key"]:
        log.rotate()
    return log.build()


@click.command()
@click.argument("case", required=False)
@click.option("--log", "whole", is_flag=True, help="The whole log instead of one case.")
@click.option("-o", "--output", required=True, metavar="FILE", help="The zip file to make.")
@click.option(
    "--since",
    metavar="FILE",
    help="A checkpoint that somebody kept: the export then holds the proof that leads on from it.",
)
@reading
@click.pass_context
def export(
    context: click.Context, case: str | None, whole: bool, output: str, since: str | None
) -> None:
    """CASE, or with --log all events, with proofs and a verifier that needs nothing of ours."""
    from services.cli.opening import case_meant, opened
    from services.cli.output import print_json, print_lines
    from services.proof.exporting import export_case, export_log

    if bool(case) == whole:
        raise click.UsageError("Name a case, or say --log.")
    place, kept = Path(output).expanduser(), Path(since).expanduser() if since else None
    if place.exists():
        raise click.UsageError(f"-o {output} is there already, and is not overwritten.")
    with opened(context) as casework:
        if case:
            told = export_case(casework, case_meant(context, casework, case), place, kept)
        else:
            told = export_log(casework, place, kept)
    if wants_json(context):
        print_json([told | {"file": str(place)}])
        return
    of = f"case {told['case']}" if case else "the log"
    print_lines([f"{told['events']} events of {of} are in {place}."])
    for name, why in told["left_out"].items():
        click.echo(f"Not in it: {name}: {why}", err=True)
    if case:
        click.echo("It holds personal data: hand it over as the law allows.", err=True)
