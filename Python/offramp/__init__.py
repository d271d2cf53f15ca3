"""Early-exit BERT: text classification that easy texts leave early.

    import offramp
    classifier = offramp.Classifier("checkpoints/sst2")
    classifier(["a truly wonderful film", "a waste of time"])

`offramp.spark` labels data frames of Spark, `offramp.ray` data sets of Ray.
"""
from ._errors import OfframpError
from ._library import version as _version
from .classifier import Answers, Classifier, Text

__version__ = _version()
__all__ = ["Answers", "Classifier", "OfframpError", "Text"]
