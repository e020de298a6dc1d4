"""The `advice train` command."""

import sys
import time
from pathlib import Path

import click

from knowledge.service import Service
from web.cli.guidance import pass_service

_EVERY = 60.0  # seconds between two lines


@click.command("train")
@click.argument("data", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--only", type=click.Choice(["messages", "reader"]), help="Train only one of the two models."
)
@click.option("--keep-aside", multiple=True, help="A body that the reader is not shown.")
@click.option("--epochs", type=int, help="How often the messages are gone through.")
@click.option("--passes", type=int, help="How often the questions are gone through.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the files here, not into the project.",
)
@pass_service
def train_command(
    service: Service,
    data: Path,
    only: str | None,
    keep_aside: tuple[str, ...],
    epochs: int | None,
    passes: int | None,
    out: Path | None,
) -> None:
    """Train the message model and the reader on a folder of data.

    The folder holds messages/*.jsonl and, for each set of questions, reading/SET/passages.jsonl and
    questions.jsonl (docs/judgement.md). A run that was stopped goes on when it is started again.

    Example: advice train ../data --keep-aside school-policies
    """
    from dataclasses import replace

    from knowledge.training import run

    places = run.Places(out, out, out / "coverage.json") if out else run.Places()
    work = service.settings.home / "training"
    work.mkdir(parents=True, exist_ok=True)
    training = run.Training(kept_aside=keep_aside)
    if epochs:
        training = replace(training, messages=replace(training.messages, epochs=epochs))
    if passes:
        training = replace(training, reader=replace(training.reader, passes=passes))
    say = _Progress()
    if only != "reader":
        run.train_message_model(data, training.messages, places, work, say)
    if only != "messages":
        tuning = service.tuning
        search = run.Search(service.embedder(), tuning.search, tuning.finding)
        run.train_reader_model(data, training, places, work, search, say)


class _Progress:
    """Prints now and then how far a training is."""

    def __init__(self) -> None:
        self._last, self._losses = time.monotonic(), [0.0]

    def __call__(self, what: str, done: int, of: int, loss: float) -> None:
        self._losses.append(loss)
        now = time.monotonic()
        if now - self._last > _EVERY or done == of:
            mean = sum(self._losses) / len(self._losses)
            click.echo(f"{what}: {done} of {of}, loss {mean:.3f}", file=sys.stderr)
            self._last, self._losses = now, []
