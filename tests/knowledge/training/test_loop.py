"""A training that is stopped goes on where it was."""

from pathlib import Path

import pytest
import torch
from torch import nn

from knowledge.training import loop
from knowledge.training.loop import Pace, run

PACE = Pace(first=0.1, last=0.01, warm_up=2, head=1.0)
BATCHES = [torch.randn(4, 3, generator=torch.Generator().manual_seed(n)) for n in range(6)]


class Stopped(Exception):
    """What the test stops a run with."""


def trained(checkpoint: Path, stop_after: int | None = None) -> list[torch.Tensor]:
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(3, 4), nn.Dropout(0.5), nn.Linear(4, 1))

    def say(done: int, of: int, loss: float) -> None:
        if done == stop_after:
            raise Stopped

    run(model, [model[2]], BATCHES, lambda batch: model(batch).pow(2).mean(), PACE, checkpoint, say)
    return [value.detach() for value in model.parameters()]


def test_a_stopped_run_ends_as_if_it_had_not_been_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "_SAVE_EVERY", 2)
    whole = trained(tmp_path / "whole")
    with pytest.raises(Stopped):
        trained(tmp_path / "stopped", stop_after=5)
    for one, other in zip(trained(tmp_path / "stopped"), whole, strict=True):
        torch.testing.assert_close(one, other)


def test_nothing_is_left_of_a_run_that_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "_SAVE_EVERY", 2)
    trained(tmp_path / "checkpoint")
    assert list(tmp_path.iterdir()) == []


def test_the_learning_rate_rises_and_then_falls() -> None:
    rates = [PACE.rate(batch, 6) for batch in range(6)]
    assert rates[0] < rates[1] > rates[2] > rates[5] > PACE.last
