"""The `advice` commands about staff: accounts, the audit, and what is off for members."""

import json

import click

from knowledge.service import Service
from people.accounts import ROLES, Role
from people.audit import Audit, Filters
from people.links import LINK_HOURS
from people.users import Users
from web.cli.actor import command_actor
from web.cli.guidance import pass_service
from web.staff.link_addresses import link_address
from web.staff.switching import Target, all_off, switch_off, switch_on

_ROLE = click.Choice(ROLES)


def staff_commands() -> tuple[click.Command, ...]:
    """Give every command of this module."""
    return (users, list_audit, off, on)


@click.group()
def users() -> None:
    """Make staff accounts and look after them."""


@users.command("add")
@click.argument("name")
@click.option("--role", type=_ROLE, required=True, help="What the account may do.")
@pass_service
def add_user(service: Service, name: str, role: Role) -> None:
    """Make an account and print a one-time link to set its password.

    Example: advice users add ann.lee --role editor
    """
    token = Users(service.store.engine).add(name, role, command_actor())
    _print_link(service, token)


@users.command("link")
@click.argument("name")
@pass_service
def link_user(service: Service, name: str) -> None:
    """Print a new one-time link for an account that has lost its password.

    Example: advice users link ann.lee
    """
    _print_link(service, Users(service.store.engine).link(name, command_actor()))


@users.command("list")
@pass_service
def list_users(service: Service) -> None:
    """List the accounts.

    Example: advice users list
    """
    for user in Users(service.store.engine).all():
        state = "" if user.active else "  SWITCHED OFF"
        if not user.has_password and not user.elsewhere:
            state += "  NO PASSWORD YET"
        click.echo(f"{user.name:40} {user.role}{state}")


@users.command("role")
@click.argument("name")
@click.option("--role", type=_ROLE, required=True, help="What the account may do from now on.")
@pass_service
def change_role(service: Service, name: str, role: Role) -> None:
    """Give an account another role; it is signed out everywhere.

    Example: advice users role ann.lee --role admin
    """
    Users(service.store.engine).change_role(name, role, command_actor())


@users.command("off")
@click.argument("name")
@pass_service
def switch_user_off(service: Service, name: str) -> None:
    """Let an account sign in no more, and sign it out everywhere.

    Example: advice users off ann.lee
    """
    Users(service.store.engine).switch_off(name, command_actor())


@users.command("on")
@click.argument("name")
@pass_service
def switch_user_on(service: Service, name: str) -> None:
    """Let an account sign in again.

    Example: advice users on ann.lee
    """
    Users(service.store.engine).switch_on(name, command_actor())


@users.command("sign-out")
@click.argument("name")
@pass_service
def sign_out(service: Service, name: str) -> None:
    """Sign an account out everywhere.

    Example: advice users sign-out ann.lee
    """
    Users(service.store.engine).sign_out(name, command_actor())


@click.command("audit")
@click.option("--who", default="", help="A part of the name.")
@click.option("--what", default="", help="One kind of act, such as user_added.")
@pass_service
def list_audit(service: Service, who: str, what: str) -> None:
    """Print who did what and when, newest first, one JSON object each.

    Example: advice audit --who ann.lee
    """
    for one in Audit(service.store.engine).every(Filters(who, what)):
        row = {
            "at": one.at.isoformat(timespec="seconds"),
            "who": one.actor.name,
            "role": one.actor.role,
            "what": one.act.action,
            "on": one.act.subject,
            "edition_from": one.act.edition_from,
            "edition_to": one.act.edition_to,
            "reason": one.act.reason,
        }
        click.echo(json.dumps(row, ensure_ascii=False))


def _targets(document: str | None, topic: str | None) -> Target:
    if document is not None and topic is not None:
        raise click.UsageError("Name a document or a topic, not both.")
    if document is not None:
        return Target("document", document)
    return Target("topic", topic) if topic is not None else Target()


@click.command("off")
@click.option("--document", help="Leave out this document alone.")
@click.option("--topic", help="Leave out the documents of this topic.")
@click.option("--reason", required=True, help="Why; staff see it, members do not.")
@pass_service
def off(service: Service, document: str | None, topic: str | None, reason: str) -> None:
    """Switch the bot off for members, or one document or topic; they get the contacts.

    Urgent messages still get their help at once. It holds for every process from the next message.

    Example: advice off --topic send --reason "the rules changed this morning"
    """
    switch_off(service, _targets(document, topic), reason, command_actor())
    _print_off(service)


@click.command("on")
@click.option("--document", help="This document.")
@click.option("--topic", help="This topic.")
@pass_service
def on(service: Service, document: str | None, topic: str | None) -> None:
    """Switch the bot on again, or one document or topic.

    Example: advice on
    """
    switch_on(service, _targets(document, topic), command_actor())
    _print_off(service)


def _print_off(service: Service) -> None:
    found = all_off(service)
    for one in found:
        click.echo(
            f"off  {one.kind} {one.name}  since {one.since:%Y-%m-%d %H:%M} UTC: {one.reason}"
        )
    if not found:
        click.echo("Nothing is off.")


def _print_link(service: Service, token: str) -> None:
    click.echo(f"This link sets the password once, within {LINK_HOURS} hours:")
    click.echo(link_address(service.settings, token))
