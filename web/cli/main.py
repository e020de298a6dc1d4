"""The `advice` command."""

import json
import os
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

import click
import sqlalchemy as sa

from knowledge.errors import AdviceError
from knowledge.service import Service
from knowledge.settings import Settings
from people.cases import Cases
from people.errors import StaffError
from people.feedback import FeedbackBox
from web.cli.drafts import draft_commands
from web.cli.due import due_commands
from web.cli.gaps import gaps_command
from web.cli.guidance import knowledge_commands, pass_service, progress_bars
from web.cli.questions import question_commands
from web.cli.staff import staff_commands
from web.cli.training import train_command
from web.server.logs import set_up_logs
from web.server.rights import keep_private


@click.group()
@click.pass_context
def advice(context: click.Context) -> None:
    """Look after the member advice bot and its guidance.

    Settings come from environment variables; the README lists them.
    """
    set_up_logs()
    settings = Settings.from_environment(os.environ)
    keep_private(settings.home)
    service = Service(settings)
    context.obj = service
    context.call_on_close(service.close)


for command in (
    *knowledge_commands(),
    *draft_commands(),
    *question_commands(),
    *due_commands(),
    *staff_commands(),
    gaps_command,
    train_command,
):
    advice.add_command(command)


@advice.command()
@pass_service
def prepare(service: Service) -> None:
    """Make what the bot needs before it can start: index, encoder, Rasa's model.

    Example: advice prepare
    """
    from web.server.lock import hold
    from web.server.processes import prepare as make
    from web.server.processes import stopping

    with stopping(click.echo), hold(service.settings.home), progress_bars() as progress:
        make(service, os.environ, click.echo, progress)


@advice.command()
@pass_service
def serve(service: Service) -> None:
    """Start the bot and keep it running until Ctrl-C.

    Example: ADVICE_PORT=8080 advice serve
    """
    from web.server.lock import hold
    from web.server.processes import claim_ports, stopping
    from web.server.processes import prepare as make
    from web.server.processes import serve as run

    click.echo("Starting…")
    with stopping(click.echo), hold(service.settings.home):
        claim_ports(service.settings, click.echo)
        with progress_bars() as progress:
            model = make(service, os.environ, click.echo, progress)
        run(service, model, os.environ, click.echo)


@advice.command("cases")
@pass_service
def list_cases(service: Service) -> None:
    """Print what members asked to be called back about, newest first, one JSON object a case.

    Example: advice cases
    """
    _print_rows(Cases(service.store.engine, service.settings.case_days).all())


@advice.command("feedback")
@pass_service
def list_feedback(service: Service) -> None:
    """Print what members said of answers, newest first, one JSON object each.

    Example: advice feedback
    """
    _print_rows(FeedbackBox(service.store.engine, service.settings.feedback_days).all())


def _print_rows(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False, default=str))


def main() -> None:
    """Run the command; an error of ours, of the database or of the disk becomes one line."""
    try:
        advice(prog_name="advice")
    except (AdviceError, StaffError) as error:
        _fail(str(error))
    except sa.exc.DBAPIError as error:  # its own text holds the statement and what was written
        words = str(error.orig).strip().partition("\n")[0]
        _fail(f"The database cannot be used: {words or type(error).__name__}.")
    except sa.exc.SQLAlchemyError as error:
        _fail(f"The database cannot be used ({type(error).__name__}).")
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _fail(f"{place}{error.strerror or type(error).__name__}.")


def _fail(words: str) -> NoReturn:
    click.echo(f"Error: {words}", err=True)
    sys.exit(1)
