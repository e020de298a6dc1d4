"""Writes a torch model to an ONNX file."""

import logging
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def save_onnx(
    model: "torch.nn.Module",
    target: Path,
    inputs: Sequence[str],
    outputs: Sequence[str],
    longest: int,
) -> None:
    """Write a model whose inputs are all whole numbers of shape (texts, word pieces).

    :param inputs: the names of the model's arguments, in order.
    :param outputs: names for what it gives, in order.
    :param longest: the most word pieces a text may have.
    """
    import torch

    example = torch.ones(2, 16, dtype=torch.long)
    batch = torch.export.Dim("batch", min=1, max=4096)
    sequence = torch.export.Dim("sequence", min=2, max=longest)
    # The exporter narrates every step of its work at INFO and warns about its own internals.
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    logging.getLogger("onnxscript").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model.eval(),
            (example, torch.ones_like(example), torch.zeros_like(example)),
            str(target),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_shapes={name: {0: batch, 1: sequence} for name in inputs},
            opset_version=20,
            external_data=False,
            dynamo=True,
            verbose=False,
        )
