"""`advice gaps`: what was asked in vain, listed and asked again."""

import json
from pathlib import Path

from click.testing import CliRunner

from people.asked import Asked
from tests.people.asking import asked_by
from tests.small import SmallService
from web.cli.main import advice

WORDINGS = ("Do we need a licence for a raffle?", "raffle licence for the school fair?")


def run(service: SmallService, *arguments: str) -> list[str]:
    # The group makes a service of the environment's settings; the test's own takes its place.
    command = advice.commands["gaps"]
    result = CliRunner().invoke(command, arguments, obj=service, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def test_gaps_are_listed_and_put_to_the_guidance(small: SmallService, folder: Path) -> None:
    small.library.add([folder])
    asked = Asked(small.store.engine, 90)
    for number, wording in enumerate((*WORDINGS, "What is the mileage rate for my own car?")):
        asked.add(asked_by(f"c{number}", wording))
    listed = [json.loads(line) for line in run(small, "--json", "--days", "7")]
    most = listed[0]
    assert (most["conversations"], most["wording"], most["tested"]) == (2, WORDINGS[0], None)
    first, *_ = run(small, "retest")
    assert "2 conversations" in first
    assert "0 of 2 now answered (edition 1)" in first
    assert run(small, "--state", "covered") == []
