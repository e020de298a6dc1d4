"""Trains the reader: does the passage answer, and which of its sentences must be shown?"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from knowledge.reading.pairs import Pair, Pairing, padded
from knowledge.search.models import pinned_folder
from knowledge.training.base import base_file, load_base
from knowledge.training.lessons import Lesson
from knowledge.training.loop import Pace, run

_BATCH = 16
_MIXED = 40 * _BATCH  # lessons that are sorted by length together
_PACE = Pace(first=5e-5, last=2e-6, warm_up=60, head=5.0)


@dataclass(frozen=True)
class ReaderTraining:
    """How the reader is trained.

    :param passes: how often all lessons are gone through, each time in other pairs and words.
    :param sentences: how much telling the sentences counts beside telling whether it answers.
    """

    passes: int = 1
    sentences: float = 0.5
    pace: Pace = _PACE


class ReaderNetwork(nn.Module):  # type: ignore[misc]  # torch is read without its types
    """The relevance model with a second output: a score for each word piece, of its sentence."""

    def __init__(self, base: nn.Module) -> None:
        super().__init__()
        self.bert, self.answers = base.bert, base.classifier
        self.shown = nn.Linear(self.answers.in_features, 1)
        nn.init.normal_(self.shown.weight, std=0.02)
        nn.init.constant_(self.shown.bias, -1.0)  # about a quarter of the sentences are shown
        self.bert.embeddings.requires_grad_(False)  # words that the lessons lack stay as they are

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Give the log-odds that each passage answers, and those of each word piece."""
        read = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        )
        return self.answers(read.pooler_output)[:, 0], self.shown(read.last_hidden_state)[:, :, 0]


def train_reader(
    taught: Sequence[Sequence[Lesson]],
    training: ReaderTraining,
    seed: int,
    checkpoint: Path,
    say: Callable[[int, int, float], object],
) -> ReaderNetwork:
    """Train a reader.

    :param taught: the lessons of each pass.
    :param checkpoint: where a run that was stopped goes on from.
    :param say: called after each batch with its number, how many there are, and the loss.
    """
    torch.manual_seed(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = ReaderNetwork(load_base(base_file()))
    network.to(device)
    pairing, chance = Pairing.load(pinned_folder()), random.Random(seed)
    batches = [batch for each in taught for batch in _batches(each, pairing, chance)]
    judge = nn.BCEWithLogitsLoss()

    def loss_of(batch: list[_Taught]) -> torch.Tensor:
        given = {name: torch.tensor(v, device=device) for name, v in _inputs(batch).items()}
        with torch.autocast(device.type, dtype=torch.bfloat16):
            answers, pieces = network(**given)
        labels = torch.tensor([each.lesson.answers for each in batch], device=device)
        loss: torch.Tensor = judge(answers.float(), labels)
        scores, shown = _by_sentence(batch, pieces.float())
        if scores:
            wanted = torch.tensor(shown, device=device)
            loss = loss + training.sentences * judge(torch.stack(scores), wanted)
        return loss

    heads = (network.shown, network.answers)
    run(network, heads, batches, loss_of, training.pace, checkpoint, say)
    network.eval()
    network.to("cpu")
    return network


@dataclass(frozen=True)
class _Taught:
    lesson: Lesson
    pair: Pair


def _batches(
    lessons: Sequence[Lesson], pairing: Pairing, chance: random.Random
) -> list[list[_Taught]]:
    """Cut lessons into batches of like length, in an order that chance decides."""
    taught = [_Taught(each, pairing.pair(*_asked(each))) for each in lessons]
    chance.shuffle(taught)
    batches = []
    for start in range(0, len(taught), _MIXED):
        mixed = sorted(taught[start : start + _MIXED], key=lambda each: len(each.pair.ids))
        cut = [mixed[place : place + _BATCH] for place in range(0, len(mixed), _BATCH)]
        chance.shuffle(cut)
        batches += cut
    return batches


def _asked(lesson: Lesson) -> tuple[str, str, tuple[str, ...]]:
    passage = lesson.passage
    return lesson.question, " > ".join((passage.title, *passage.headings)), passage.sentences


def _inputs(batch: Sequence[_Taught]) -> dict[str, object]:
    return dict(padded([each.pair for each in batch]))


def _by_sentence(
    batch: Sequence[_Taught], pieces: torch.Tensor
) -> tuple[list[torch.Tensor], list[float]]:
    """Give the mean score of each sentence of the passages that answer, and whether it is shown."""
    scores, shown = [], []
    for row, each in enumerate(batch):
        if each.lesson.shown is None:
            continue
        owners = torch.tensor(each.pair.owners, device=pieces.device)
        for number in range(len(each.lesson.passage.sentences)):
            own = pieces[row, : len(owners)][owners == number]
            if len(own):
                scores.append(own.mean())
                shown.append(float(number in each.lesson.shown))
    return scores, shown
