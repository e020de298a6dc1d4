"""Who runs a command."""

import getpass

from people.audit import Actor


def command_actor() -> Actor:
    """Give whoever runs the command, by the name that the machine knows them by."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a container need not know its user's name
        return Actor("a command")
    return Actor(f"{name} (command)")
