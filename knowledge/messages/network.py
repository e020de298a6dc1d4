"""The network of the message model, as it is trained and as it is exported.

It needs torch, which takes seconds to load: import it where it is used.
"""

import torch
from torch import nn
from transformers import AutoModel

from knowledge.messages.kinds import KINDS, MATTERS
from knowledge.messages.lora import adapt
from knowledge.search.models import pinned_folder


class MessageNetwork(nn.Module):  # type: ignore[misc]  # torch is read without its types
    """The pinned encoder with adapters; the mean of its pieces decides kind and matter.

    :param rank: directions of each adapter.
    :param scale: how much the adapters count.
    :param dropout: the part of the numbers that is left out while it learns.
    """

    def __init__(self, rank: int, scale: float, dropout: float) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            str(pinned_folder()), local_files_only=True, attn_implementation="eager"
        )
        adapt(self.encoder, rank, scale, dropout)
        width = self.encoder.config.hidden_size
        self.kind, self.matter = nn.Linear(width, len(KINDS)), nn.Linear(width, len(MATTERS))
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Give the scores of the kinds and of the matters, one row a message."""
        pieces = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        counted = attention_mask.unsqueeze(2).to(pieces.dtype)
        mean = self.dropout((pieces * counted).sum(1) / counted.sum(1))
        return self.kind(mean), self.matter(mean)

    def learned(self) -> dict[str, torch.Tensor]:
        """Give what training changes, by the names that an adapter file has."""
        return {
            name.removeprefix("encoder."): value.detach()
            for name, value in self.named_parameters()
            if value.requires_grad
        }
