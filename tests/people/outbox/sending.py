"""A worker as a process of its own: sends what is due in a database; told to, dies after the first.

python -m tests.people.outbox.sending DATABASE PORT [kill]
"""

import os
import signal
import sys

from database import open_database
from people.outbox.delivery import Delivery
from people.outbox.mail import Kept
from people.outbox.outbox import Outbox
from people.outbox.smtp import MailServer


class Killed(Outbox):
    """Is killed when the mail server has taken a mail, before that is noted."""

    def note_sent(self, kept: Kept) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, port: str, *how: str) -> None:
    engine = open_database(url)
    outbox = Killed(engine) if how else Outbox(engine)
    server = MailServer("127.0.0.1", int(port), "none")
    print(
        Delivery(outbox, server, "bot@example.org", lambda mail: mail.parameters["text"]).send_due()
    )
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
