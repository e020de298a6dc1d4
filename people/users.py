"""Staff accounts: made, changed and switched off, each change with its row in the audit."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from database import utc_now
from people.accounts import Role, User, end_sessions, read_name, user_of, users_table
from people.audit import Act, Actor, record
from people.errors import BadLink, LastAdmin, NameTaken, StaffError, SwitchedOff, UnknownUser
from people.links import delete_old_links, drop_links, make_link, owner_of, take_link


class Users:
    """The accounts of one database.

    :param now: gives the time; tests move it.
    """

    def __init__(self, engine: sa.Engine, now: Callable[[], dt.datetime] = utc_now) -> None:
        self.engine, self.now = engine, now

    # --- reading

    def all(self) -> list[User]:
        """Give every account, by name."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(users_table).order_by(users_table.c.name))
            return [user_of(row) for row in rows]

    def find(self, name: str) -> User | None:
        """Give the account of a name as it was typed, or None."""
        try:
            with self.engine.connect() as connection:
                return _find(connection, read_name(name))
        except StaffError:
            return None

    def has_admin(self) -> bool:
        """Say whether anybody can look after the accounts."""
        with self.engine.connect() as connection:
            return bool(connection.scalar(sa.select(_admins().exists())))

    def password_of(self, name: str) -> str | None:
        """Give the hash of an account's password; None when nobody can sign in with one."""
        with self.engine.connect() as connection:
            query = sa.select(users_table.c.password).where(
                users_table.c.name == name, users_table.c.active
            )
            password: str | None = connection.scalar(query)
            return password

    # --- accounts

    def add(self, name: str, role: Role, by: Actor) -> str:
        """Make an account; give the secret of the link by which its owner sets a password.

        :raises BadName: if it cannot be a name.
        :raises NameTaken: if there is such an account.
        """
        name = read_name(name)
        with self._new(name) as connection:
            _insert(connection, self.now(), name, role)
            record(connection, by, Act("user_added", name, role))
            return make_link(connection, name, self.now())

    def link(self, name: str, by: Actor) -> str:
        """Give the secret of a new link for an account that has lost its password.

        :raises UnknownUser: if there is no such account.
        """
        with self._changing(name) as (connection, user):
            record(connection, by, Act("link_made", user.name))
            return make_link(connection, user.name, self.now())

    def change_role(self, name: str, role: Role, by: Actor) -> None:
        """Give an account another role; its sessions end, since they began with the old one.

        :raises UnknownUser: if there is no such account.
        :raises LastAdmin: if nobody could look after the accounts any more.
        """
        with self._changing(name) as (connection, user):
            if user.role == role:
                return
            if role != "admin":
                _keep_an_admin(connection, user)
            _change(connection, user.name, role=role)
            end_sessions(connection, user.name)
            record(connection, by, Act("role_changed", user.name, f"{user.role} → {role}"))

    def switch_off(self, name: str, by: Actor) -> None:
        """Let an account sign in no more; its sessions and links end.

        :raises UnknownUser: if there is no such account.
        :raises LastAdmin: if nobody could look after the accounts any more.
        """
        with self._changing(name) as (connection, user):
            _keep_an_admin(connection, user)
            _change(connection, user.name, active=False)
            end_sessions(connection, user.name)
            drop_links(connection, user.name)
            record(connection, by, Act("user_off", user.name))

    def switch_on(self, name: str, by: Actor) -> None:
        """Let an account sign in again.

        :raises UnknownUser: if there is no such account.
        """
        with self._changing(name) as (connection, user):
            _change(connection, user.name, active=True)
            record(connection, by, Act("user_on", user.name))

    def sign_out(self, name: str, by: Actor) -> None:
        """End every session of an account.

        :raises UnknownUser: if there is no such account.
        """
        with self._changing(name) as (connection, user):
            end_sessions(connection, user.name)
            record(connection, by, Act("signed_out_everywhere", user.name))

    # --- passwords

    def owner_of_link(self, token: str) -> str:
        """Give the account whose password a link sets.

        :raises BadLink: if it is not good, or no longer.
        """
        with self.engine.connect() as connection:
            name = owner_of(connection, token, self.now())
        if name is None:
            raise BadLink
        return name

    def set_password(self, token: str, password: str) -> str:
        """Set a password by a one-time link, which is used up; give the account's name.

        :param password: its hash.
        :raises BadLink: if the link is not good, or no longer.
        """
        with self.engine.begin() as connection:
            name = take_link(connection, token, self.now())
            user = _find(connection, name) if name else None
            if user is None:
                raise BadLink
            _change(connection, user.name, password=password)
            end_sessions(connection, user.name)
            record(connection, Actor(user.name, user.role), Act("password_set", user.name))
        return user.name

    def keep_hash(self, name: str, password: str) -> None:
        """Keep the same password under a newer kind of hash."""
        with self.engine.begin() as connection:
            _change(connection, name, password=password)

    def delete_old_links(self) -> int:
        """Delete the links whose time is up; give how many there were."""
        return delete_old_links(self.engine, self.now())

    # --- accounts that another provider signs in

    def signed_in_elsewhere(self, subject: str, name: str, role: Role) -> User:
        """Give the account of a person whom another provider knows, made at the first time.

        An account is never found by its name: who may choose names at the provider could take it.

        :param subject: the provider and its own identifier of the person.
        :param role: as the provider says now; an account that had another gets it.
        :raises NameTaken: if the person is new and the name belongs to another account.
        :raises SwitchedOff: if the account was switched off here.
        """
        with self.engine.connect() as connection:
            row = connection.execute(
                sa.select(users_table).where(users_table.c.subject == subject)
            ).one_or_none()
        if row is None:
            name = read_name(name)
            with self._new(name) as connection:
                _insert(connection, self.now(), name, role, subject)
                record(connection, Actor(name, role), Act("user_added", name, role))
            return User(name, role, elsewhere=True)
        user = user_of(row)
        if not user.active:
            raise SwitchedOff(user.name)
        self.change_role(user.name, role, Actor(user.name, user.role))
        return User(user.name, role, True, user.has_password, elsewhere=True)

    def not_allowed_elsewhere(self, subject: str) -> None:
        """End the sessions of a person to whom the other provider gives no role any more."""
        with self.engine.begin() as connection:
            name = connection.scalar(
                sa.select(users_table.c.name).where(users_table.c.subject == subject)
            )
            if name is not None:
                end_sessions(connection, name)

    @contextmanager
    def _new(self, name: str) -> Iterator[sa.Connection]:
        try:
            with self.engine.begin() as connection:
                if _find(connection, name) is not None:
                    raise NameTaken(name)
                yield connection
        except sa.exc.IntegrityError:  # somebody else made it just now
            raise NameTaken(name) from None

    @contextmanager
    def _changing(self, name: str) -> Iterator[tuple[sa.Connection, User]]:
        name = read_name(name)
        with self.engine.begin() as connection:
            user = _find(connection, name)
            if user is None:
                raise UnknownUser(name)
            yield connection, user


def _find(connection: sa.Connection, name: str) -> User | None:
    row = connection.execute(sa.select(users_table).where(users_table.c.name == name)).one_or_none()
    return None if row is None else user_of(row)


def _insert(
    connection: sa.Connection, made: dt.datetime, name: str, role: Role, subject: str | None = None
) -> None:
    connection.execute(
        users_table.insert().values(name=name, role=role, active=True, subject=subject, made=made)
    )


def _change(connection: sa.Connection, name: str, **values: object) -> None:
    connection.execute(users_table.update().where(users_table.c.name == name).values(**values))


def _admins() -> sa.Select[tuple[str]]:
    return sa.select(users_table.c.name).where(users_table.c.role == "admin", users_table.c.active)


def _keep_an_admin(connection: sa.Connection, user: User) -> None:
    if not user.may("admin"):
        return
    others = _admins().where(users_table.c.name != user.name).with_for_update()
    if connection.scalars(others).first() is None:
        raise LastAdmin(user.name)
