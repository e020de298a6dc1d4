"""Rasa's logistic regression, told how often each intent really comes."""

from __future__ import annotations

from typing import Any, Dict, Text

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
    """

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
