"""Joins the adapter that the project ships to the pinned encoder, in the data folder."""

from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.messages.kinds import LONGEST_MESSAGE
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

    :param adapter: a file of what `MessageNetwork.learned` gives.
    :param scale: how much the adapter counts.
    """
    import torch
    from safetensors.torch import load_file

    from knowledge.messages.lora import merge
    from knowledge.messages.network import MessageNetwork

    values = load_file(str(adapter))
    rank = next(len(value) for name, value in values.items() if name.endswith(".down"))
    network = MessageNetwork(rank, scale, dropout=0.0)
    with torch.no_grad():
        for name, value in network.learned().items():
            value.copy_(values[name])
    merge(network)
    return network.eval()
