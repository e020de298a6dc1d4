"""Turns a message into one dense vector with a sentence-embedding model, run by ONNX Runtime."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict, List, Text, Type

import numpy as np
import onnxruntime
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tokenizers import Tokenizer


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False
)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Gives each message one sentence vector; it makes no vectors for single words."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """Needs nothing before it in the pipeline: the model has its own tokenizer."""
        return []

    @staticmethod
    def required_packages() -> List[Text]:
        """Names the packages that must be installed."""
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Gives the settings used where config.yml says nothing."""
        return {
            **DenseFeaturizer.get_default_config(),
            # Folder with model.onnx and tokenizer.json; may name environment variables.
            "model_path": "${ADVICE_ENCODER}",
            # Unit vectors drown among the word counts unless they are made longer.
            "scale": 8.0,
            # Messages encoded together while training.
            "batch_size": 32,
            # Threads of ONNX Runtime for one call.
            "threads": 2,
        }

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Makes the component; the model folder is looked up now, not when a model was trained."""
        return cls(execution_context.node_name, config)

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Accepts any settings; the model folder is checked when the component is made."""

    def __init__(self, name: Text, config: Dict[Text, Any]) -> None:
        """Loads the model and its tokenizer.

        Raises InvalidConfigException when the folder or one of its two files is missing.
        """
        super().__init__(name, config)
        folder = _model_folder(config["model_path"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = config["threads"]
        options.inter_op_num_threads = 1
        # A thread that waits for work must leave its core to the app.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # One arena for every shape would keep the memory of the longest message for good.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds a vector to every training example, in batches."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds a vector to every message that has text."""
        # Texts of like length together: a batch is as slow as its longest text.
        with_text = sorted(
            (message for message in messages if message.get(TEXT)),
            key=lambda message: len(message.get(TEXT)),
        )
        size = self._config["batch_size"]
        for start in range(0, len(with_text), size):
            batch = with_text[start : start + size]
            vectors = self._encode([message.get(TEXT) for message in batch])
            for message, vector in zip(batch, vectors):
                message.add_features(
                    Features(
                        vector[np.newaxis, :],
                        FEATURE_TYPE_SENTENCE,
                        TEXT,
                        self._config[FEATURIZER_CLASS_ALIAS],
                    )
                )
        return messages

    def _encode(self, texts: List[Text]) -> np.ndarray:
        """Encodes texts as float32 rows of length `scale`."""
        encodings = self._tokenizer.encode_batch(texts)
        ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        (vectors,) = self._session.run(
            ["sentence_embedding"],
            {
                "input_ids": ids,
                "attention_mask": np.array(
                    [encoding.attention_mask for encoding in encodings], dtype=np.int64
                ),
                "token_type_ids": np.zeros_like(ids),
            },
        )
        return (vectors * self._config["scale"]).astype(np.float32)


def _model_folder(model_path: Text) -> Path:
    """Expands environment variables in the path and checks that both files are there."""
    folder = Path(os.path.expandvars(model_path)).expanduser()
    if "$" in str(folder):
        raise InvalidConfigException(
            f"SentenceFeaturizer cannot find its model: model_path is '{model_path}', but that "
            "environment variable is not set. Set it to the folder that holds model.onnx and "
            "tokenizer.json."
        )
    missing = [name for name in ("model.onnx", "tokenizer.json") if not (folder / name).is_file()]
    if missing:
        raise InvalidConfigException(
            f"SentenceFeaturizer cannot find {' and '.join(missing)} in '{folder}' "
            f"(model_path is '{model_path}'). Export the model into that folder first."
        )
    return folder
