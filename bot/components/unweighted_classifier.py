"""Rasa's logistic regression, told how often each intent really comes."""

from __future__ import annotations

from typing import Any, Dict, Text

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class UnweightedClassifier(LogisticRegressionClassifier):
    """Counts every example the same, so a message it is unsure about is taken for a question.

    Rasa's own class gives every intent the same weight, however rare it is. Then a question is too
    often taken for a greeting or a thank-you and gets a polite reply but no answer.

    It keeps its weights as plain arrays. Rasa's class keeps them with skops, whose import alone
    takes as long as the rest of starting the server.
    """

    FILE = "weights.npz"

    def __init__(
        self,
        config: Dict[Text, Any],
        name: Text,
        model_storage: ModelStorage,
        resource: Resource,
    ) -> None:
        """Makes an untrained classifier."""
        super().__init__(config, name, model_storage, resource)
        self.clf.set_params(class_weight=None)

    def persist(self) -> None:
        """Writes the intents and their weights into the model."""
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(
                folder / self.FILE,
                intents=np.array(self.clf.classes_, dtype=np.str_),
                weights=self.clf.coef_,
                offsets=self.clf.intercept_,
            )

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> UnweightedClassifier:
        """Reads a trained classifier back from the model."""
        component = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            with np.load(folder / cls.FILE, allow_pickle=False) as arrays:
                component.clf.classes_ = arrays["intents"]
                component.clf.coef_ = arrays["weights"]
                component.clf.intercept_ = arrays["offsets"]
        component.clf.n_features_in_ = component.clf.coef_.shape[1]
        return component
