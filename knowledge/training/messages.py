"""Trains the message model: adapters for the pinned encoder and two output layers."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

from knowledge.messages.adapter import ADAPTER_FILE
from knowledge.messages.kinds import KINDS, LONGEST_MESSAGE, MATTERS
from knowledge.messages.network import MessageNetwork
from knowledge.search.models import pinned_folder
from knowledge.training.examples import LabelledMessage
from knowledge.training.loop import Pace, run
from knowledge.training.variations import misspell

_UNLABELLED = -100  # what cross-entropy passes over
_BATCH = 32
_PACE = Pace(first=1.5e-3, last=5e-5, warm_up=60, head=1.0)


@dataclass(frozen=True)
class MessageTraining:
    """How the message model is trained; chosen with one author kept aside (docs/judgement.md).

    :param rank: directions of each adapter.
    :param matter: how much telling the matters apart counts beside telling the kinds.
    """

    epochs: int = 5
    rank: int = 16
    scale: float = 2.0
    dropout: float = 0.1
    matter: float = 0.5
    pace: Pace = _PACE


def train_messages(
    messages: Sequence[LabelledMessage],
    training: MessageTraining,
    seed: int,
    checkpoint: Path,
    say: Callable[[int, int, float], object],
) -> MessageNetwork:
    """Train a message model.

    :param checkpoint: where a run that was stopped goes on from.
    :param say: called after each batch with its number, how many there are, and the loss.
    """
    torch.manual_seed(seed)
    network = MessageNetwork(training.rank, training.scale, training.dropout)
    tokenizer = message_tokenizer()
    chance = random.Random(seed)
    batches = [b for _ in range(training.epochs) for b in _batches(messages, tokenizer, chance)]
    kind_loss = nn.CrossEntropyLoss(label_smoothing=0.05)
    matter_loss = nn.CrossEntropyLoss(ignore_index=_UNLABELLED)

    def loss_of(batch: _Batch) -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            kinds, matters = network(batch.ids, batch.mask, torch.zeros_like(batch.ids))
        kinds, matters = kinds.float(), matters.float()
        loss: torch.Tensor = kind_loss(kinds, batch.kinds)
        if bool((batch.matters != _UNLABELLED).any()):
            loss = loss + training.matter * matter_loss(matters, batch.matters)
        return loss

    heads = (network.kind, network.matter)
    run(network, heads, batches, loss_of, training.pace, checkpoint, say)
    network.eval()
    return network


def save_adapter(network: MessageNetwork, folder: Path) -> None:
    """Write what was learned, in half precision."""
    from safetensors.torch import save_file

    learned = {name: value.half().contiguous() for name, value in network.learned().items()}
    save_file(learned, str(folder / ADAPTER_FILE))


def message_tokenizer() -> Tokenizer:
    """Give the pinned encoder's tokenizer, cutting where the message model does."""
    tokenizer = Tokenizer.from_file(str(pinned_folder() / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST_MESSAGE)
    tokenizer.enable_padding()
    return tokenizer


@dataclass(frozen=True)
class _Batch:
    ids: torch.Tensor
    mask: torch.Tensor
    kinds: torch.Tensor
    matters: torch.Tensor


def _batches(
    messages: Sequence[LabelledMessage], tokenizer: Tokenizer, chance: random.Random
) -> list[_Batch]:
    """Cut the messages into batches of like length, in an order that chance decides."""
    lengths = [len(each.message) * chance.uniform(0.9, 1.1) for each in messages]
    order = sorted(range(len(messages)), key=lambda number: lengths[number])
    groups = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
    chance.shuffle(groups)
    return [_batch([messages[number] for number in group], tokenizer, chance) for group in groups]


def _batch(
    messages: Sequence[LabelledMessage], tokenizer: Tokenizer, chance: random.Random
) -> _Batch:
    read = tokenizer.encode_batch([_varied(each.message, chance) for each in messages])
    matters = [_UNLABELLED if m.matter is None else MATTERS.index(m.matter) for m in messages]
    return _Batch(
        ids=torch.tensor([each.ids for each in read]),
        mask=torch.tensor([each.attention_mask for each in read]),
        kinds=torch.tensor([KINDS.index(each.kind) for each in messages]),
        matters=torch.tensor(matters),
    )


def _varied(message: str, chance: random.Random) -> str:
    """Write some messages as hurried people do, so that spelling and marks decide nothing."""
    if chance.random() < 0.15:
        message = misspell(message, chance)
    if chance.random() < 0.2:
        message = message.rstrip(" ?.!")
    return message
