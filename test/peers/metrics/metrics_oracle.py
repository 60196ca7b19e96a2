"""scikit-learn's answers for the predictions on stdin: {"probabilities": [[...]], "labels": [...]} -> JSON on stdout."""
import json
import sys

import numpy as np
from sklearn.metrics import (
    accuracy_score, confusion_matrix, precision_recall_fscore_support, roc_auc_score,
)

given = json.load(sys.stdin)
probabilities = np.asarray(given["probabilities"], np.float32).astype(np.float64)
labels = np.asarray(given["labels"])
classes = np.arange(probabilities.shape[1])
predicted = probabilities.argmax(1)
precision, recall, f1, support = precision_recall_fscore_support(labels, predicted, labels=classes, zero_division=0)
macro = precision_recall_fscore_support(labels, predicted, labels=classes, average="macro", zero_division=0)
clipped = np.clip(probabilities / probabilities.sum(1, keepdims=True), 1e-7, 1 - 1e-7)
json.dump({
    "loss": float(-np.log(clipped[np.arange(len(labels)), labels]).mean()),
    "accuracy": float(accuracy_score(labels, predicted)),
    "macro": {"precision": float(macro[0]), "recall": float(macro[1]), "f1": float(macro[2])},
    "macroAuc": float(np.mean([roc_auc_score(labels == k, probabilities[:, k]) for k in classes])),
    "perClass": [
        {"precision": float(p), "recall": float(r), "f1": float(f), "support": int(s)}
        for p, r, f, s in zip(precision, recall, f1, support)
    ],
    "auc": [float(roc_auc_score(labels == k, probabilities[:, k])) for k in classes],
    "confusion": confusion_matrix(labels, predicted, labels=classes).tolist(),
}, sys.stdout)
