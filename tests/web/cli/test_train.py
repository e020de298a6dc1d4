"""`advice train`, from a folder of data to files that can be loaded."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from knowledge.answers.coverage import load_coverage
from knowledge.errors import ModelError
from knowledge.messages.adapter import export_message_model
from knowledge.messages.model import MessageModel
from knowledge.reading.reader_model import ReaderModel
from tests.knowledge.training.data import write_data
from tests.small import SmallService
from web.cli.training import train_command


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("data"))


def train(service: SmallService, data: Path, *more: str) -> None:
    result = CliRunner().invoke(
        train_command, [str(data), *more], obj=service, catch_exceptions=False
    )
    assert result.exit_code == 0, result.output


def test_a_message_model_is_trained_joined_and_used(
    small: SmallService, data: Path, tmp_path: Path
) -> None:
    train(small, data, "--only", "messages", "--epochs", "30", "--out", str(tmp_path / "out"))
    export_message_model(tmp_path / "exported", tmp_path / "out")
    model = MessageModel(tmp_path / "exported")
    assert model.judge("I have been suspended this morning").matter == "suspension"
    assert model.judge("how long is maternity leave").urgent < 0.5


def test_a_reader_is_trained_written_and_used(
    small: SmallService, data: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    train(small, data, "--only", "reader", "--passes", "1", "--keep-aside", "their garden",
          "--out", str(out))  # fmt: skip
    reading = ReaderModel(out).judge(
        [("when is the roof opened", "The roof", ["Open it at noon."])]
    )
    assert len(reading[0].sentences) == 1
    assert load_coverage(out / "coverage.json").weights
    card = json.loads((out / "reader.json").read_text(encoding="utf-8"))
    assert (card["bodies"], card["kept_aside"]) == (["our garden"], ["their garden"])
    with (out / "reader.onnx").open("ab") as file:
        file.write(b"!")
    with pytest.raises(ModelError, match="is damaged"):
        ReaderModel(out)
