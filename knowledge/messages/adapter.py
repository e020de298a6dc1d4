"""Joins the adapter that the project ships to the pinned encoder, in the data folder."""

from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.messages.kinds import KINDS, LONGEST_MESSAGE, MATTERS
from knowledge.messages.model import (
    ABOUT_FILE,
    EXPORTED,
    MODEL_FILE,
    OUTPUTS,
    TOKENIZER_FILE,
)
from knowledge.search.embedding import INPUTS
from knowledge.search.exports import export_once
from knowledge.search.models import PINNED_SHA256, pinned_folder, weights_digest
from knowledge.search.onnx_file import save_onnx
from knowledge.search.shipped import read_card

if TYPE_CHECKING:
    import torch

WEIGHTS_FOLDER = Path(__file__).with_name("weights")
ADAPTER_FILE = "message-adapter.safetensors"
CARD_FILE = "message-adapter.json"
_FORMAT = 1  # of the exported files; another number makes every data folder export anew


def export_message_model(folder: Path, shipped: Path = WEIGHTS_FOLDER) -> bool:
    """Write the message model to a folder for `MessageModel`, once (a quarter of a minute).

    :param shipped: the folder of the adapter and its card.
    :return: whether anything was written.
    :raises ModelError: if the pinned model or the adapter is missing or damaged.
    :raises OSError: if a file cannot be written; then the folder is as it was.
    """
    card, place = read_card(shipped / ADAPTER_FILE, shipped / CARD_FILE), pinned_folder()
    pinned = weights_digest(place, PINNED_SHA256)
    about = {"format": _FORMAT, "adapter": card["sha256"], "pinned": pinned}

    def make(draft: Path) -> None:
        from tokenizers import Tokenizer

        Tokenizer.from_file(str(place / "tokenizer.json")).save(str(draft / TOKENIZER_FILE))
        network = joined(shipped / ADAPTER_FILE, card["scale"])
        save_onnx(network, draft / MODEL_FILE, INPUTS, OUTPUTS, LONGEST_MESSAGE)

    return export_once(folder, ABOUT_FILE, about, EXPORTED, make)


def joined(adapter: Path, scale: float) -> "torch.nn.Module":
    """Give the pinned encoder with an adapter in its layers, and the two output layers.

    The adapter's file holds, for each linear layer, `<name>.down` of shape (rank, in) and
    `<name>.up` of shape (out, rank); and the output layers' weights.

    :param scale: how much the adapter counts.
    """
    import torch
    from safetensors.torch import load_file
    from transformers import AutoModel

    values = {name: value.float() for name, value in load_file(str(adapter)).items()}
    encoder = AutoModel.from_pretrained(
        str(pinned_folder()), local_files_only=True, attn_implementation="eager"
    )
    with torch.no_grad():
        for name, layer in encoder.named_modules():
            if f"{name}.down" in values:
                layer.weight += scale * values[f"{name}.up"] @ values[f"{name}.down"]
    return _network(encoder, values)


def _network(encoder: "torch.nn.Module", values: "dict[str, torch.Tensor]") -> "torch.nn.Module":
    import torch

    class Network(torch.nn.Module):  # type: ignore[misc]  # torch is read without its types
        """The mean of a message's word pieces decides its kind and its matter."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            self.kind = torch.nn.Linear(encoder.config.hidden_size, len(KINDS))
            self.matter = torch.nn.Linear(encoder.config.hidden_size, len(MATTERS))
            for name in ("kind", "matter"):
                own = {part: values[f"{name}.{part}"] for part in ("weight", "bias")}
                getattr(self, name).load_state_dict(own)

        def forward(
            self,
            input_ids: torch.Tensor,
            attention_mask: torch.Tensor,
            token_type_ids: torch.Tensor,
        ) -> tuple[torch.Tensor, torch.Tensor]:
            pieces = self.encoder(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state
            counted = attention_mask.unsqueeze(2).to(pieces.dtype)
            mean = (pieces * counted).sum(1) / counted.sum(1)
            return self.kind(mean), self.matter(mean)

    return Network().eval()
