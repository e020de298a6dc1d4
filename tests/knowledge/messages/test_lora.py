"""Adapters: nothing changes before they learn, and merged they do the same."""

import torch
from torch import nn

from knowledge.messages.lora import adapt, merge


def small() -> nn.Module:
    torch.manual_seed(3)
    return nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 2)).eval()


def test_an_adapter_changes_nothing_before_it_has_learned() -> None:
    model, values = small(), torch.randn(4, 6)
    before = model(values)
    adapt(model, rank=2, scale=2.0, dropout=0.0)
    torch.testing.assert_close(model(values), before)


def test_only_the_adapters_learn() -> None:
    model = small()
    adapt(model, rank=2, scale=2.0, dropout=0.0)
    learning = {name for name, value in model.named_parameters() if value.requires_grad}
    assert learning == {"0.down", "0.up", "2.down", "2.up"}


def test_a_merged_model_is_plain_and_does_the_same() -> None:
    model, values = small(), torch.randn(4, 6)
    adapt(model, rank=2, scale=2.0, dropout=0.0)
    with torch.no_grad():
        for name, value in model.named_parameters():
            if name.endswith("up"):
                value += 0.5
    adapted = model(values)
    merge(model)
    assert {type(each) for each in model} == {nn.Linear, nn.Tanh}
    torch.testing.assert_close(model(values), adapted)
