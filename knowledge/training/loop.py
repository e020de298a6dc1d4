"""The loop that both trainings run: batches in a fixed order, so that a stopped one can go on."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch
from torch import nn

Batch = TypeVar("Batch")
_SAVE_EVERY = 200  # batches; some minutes on two cores


@dataclass(frozen=True)
class Pace:
    """How fast a model learns.

    :param first: the learning rate after the warm-up.
    :param last: the learning rate at the end; in between it falls in a straight line.
    :param warm_up: batches over which it rises from nothing.
    :param head: how many times as fast the new output layers learn.
    """

    first: float
    last: float
    warm_up: int
    head: float

    def rate(self, batch: int, batches: int) -> float:
        """Give the learning rate of a batch, counted from 0."""
        falling = self.first + (self.last - self.first) * batch / batches
        return falling * min(1.0, (batch + 1) / self.warm_up)


def run(
    model: nn.Module,
    heads: Sequence[nn.Module],
    batches: Sequence[Batch],
    loss_of: Callable[[Batch], torch.Tensor],
    pace: Pace,
    checkpoint: Path,
    say: Callable[[int, int, float], object],
) -> None:
    """Train a model in place, from the checkpoint on if there is one.

    :param heads: the parts of the model that are new and learn faster.
    :param checkpoint: written every few minutes and removed at the end.
    :param say: called after each batch with its number, how many there are, and the loss.
    """
    new = {id(parameter) for head in heads for parameter in head.parameters()}
    learning = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in learning if id(p) not in new], "times": 1.0},
            {"params": [p for p in learning if id(p) in new], "times": pace.head},
        ],
        weight_decay=0.01,
    )
    done = _resume(model, optimizer, checkpoint)
    for number in range(done, len(batches)):
        for group in optimizer.param_groups:
            group["lr"] = pace.rate(number, len(batches)) * group["times"]
        model.train()
        torch.manual_seed(number)  # dropout is the same whether or not the run was stopped before
        loss = loss_of(batches[number])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        say(number + 1, len(batches), loss.item())
        if (number + 1) % _SAVE_EVERY == 0:
            _save(model, optimizer, number + 1, checkpoint)
    checkpoint.unlink(missing_ok=True)


def _save(model: nn.Module, optimizer: torch.optim.Optimizer, done: int, checkpoint: Path) -> None:
    """Write a checkpoint aside and move it into place: a stop leaves the one before."""
    draft = checkpoint.with_suffix(f".{os.getpid()}")
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "done": done}
    torch.save(state, draft)
    draft.replace(checkpoint)


def _resume(model: nn.Module, optimizer: torch.optim.Optimizer, checkpoint: Path) -> int:
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["done"])
