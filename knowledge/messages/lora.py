"""Low-rank adapters: a few numbers a layer that turn a pinned model into ours.

Source: Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models" (2021).
"""

from collections.abc import Iterator

import torch
from torch import nn


class Adapted(nn.Module):  # type: ignore[misc]  # torch is read without its types
    """A frozen linear layer, and the low-rank change that is learned beside it.

    :param rank: how many directions the change has.
    :param scale: how much the change counts.
    """

    def __init__(self, linear: nn.Linear, rank: int, scale: float, dropout: float) -> None:
        super().__init__()
        self.linear = linear.requires_grad_(False)
        self.down = nn.Parameter(torch.randn(rank, linear.in_features) / linear.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))  # at first nothing changes
        self.scale, self.dropout = scale, nn.Dropout(dropout)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """Give the layer's output and the change, of shape (…, out_features)."""
        change = nn.functional.linear(self.dropout(values), self.down)
        given: torch.Tensor = self.linear(values) + self.scale * nn.functional.linear(
            change, self.up
        )
        return given

    def merged(self) -> nn.Linear:
        """Give one plain layer that does the same."""
        with torch.no_grad():
            self.linear.weight += self.scale * self.up @ self.down
        return self.linear


def adapt(model: nn.Module, rank: int, scale: float, dropout: float) -> None:
    """Freeze a model and put an adapter beside each of its linear layers, in place."""
    model.requires_grad_(False)
    for parent, name, layer in list(_linear_layers(model)):
        setattr(parent, name, Adapted(layer, rank, scale, dropout))


def merge(model: nn.Module) -> None:
    """Put each adapter's change into its layer, in place; the model is plain again."""
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, Adapted):
                setattr(parent, name, child.merged())


def _linear_layers(model: nn.Module) -> Iterator[tuple[nn.Module, str, nn.Linear]]:
    for parent in model.modules():
        for name, child in parent.named_children():
            if isinstance(child, nn.Linear):
                yield parent, name, child
