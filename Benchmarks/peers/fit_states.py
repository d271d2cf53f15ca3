"""scikit-learn's linear models on the standardised states of a frozen backbone, depth by depth.

    fit_states.py BACKBONE DATA TASK

TASK is a data set of tasks.py or a folder that multi_label.py has written. The states are mean and
maximum over the tokens, of pairs beside a comparison of both texts; the penalty is chosen on held-out
rows. Prints what dev rows give, as JSON.
"""
import json
import pathlib
import resource
import sys
import time

import numpy
import torch
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import f1_score, log_loss, matthews_corrcoef
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer, StandardScaler
from transformers import AutoModel, AutoTokenizer

from checkpoint import pooled
from tasks import held_out, task_named

PENALTIES = [1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3]
MOST_TOKENS, BATCH = 256, 64


def main(backbone, data, name):
    start = time.time()
    task, data = task_named(name), pathlib.Path(data)
    train, chosen_by = held_out(task.rows(data, "train"))
    dev = task.rows(data, "dev")
    sets = [states(backbone, rows) for rows in (train, chosen_by, dev)]
    answers = arrays([[row[2] for row in rows] for rows in (train, chosen_by, dev)], task)
    exits = [fitted([part[depth] for part in sets], answers, task)
             for depth in range(len(sets[0]))]
    print(json.dumps({"exits": exits, "seconds": time.time() - start,
                      "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


@torch.inference_mode()
def states(backbone, rows):
    """What a linear map reads at every depth, `[texts, features]` each."""
    tokenizer = AutoTokenizer.from_pretrained(backbone)
    model = AutoModel.from_pretrained(backbone).eval()
    order = sorted(range(len(rows)), key=lambda row: len(rows[row][0]) + len(rows[row][1] or ""))
    found = None
    for start in range(0, len(rows), BATCH):
        part = order[start : start + BATCH]
        pairs = [rows[row][1] for row in part] if rows[0][1] is not None else None
        batch = tokenizer([rows[row][0] for row in part], pairs, padding=True, truncation=True,
                          max_length=MOST_TOKENS, return_tensors="pt")
        hidden = model(**batch, output_hidden_states=True).hidden_states
        features = [read(state, batch, pairs is not None).numpy() for state in hidden]
        if found is None:
            found = [numpy.zeros((len(rows), each.shape[1]), "float32") for each in features]
        for depth, each in enumerate(features):
            found[depth][part] = each
    return found


def read(state, batch, are_pairs):
    joint = pooled(state, batch["attention_mask"])
    if not are_pairs:
        return joint
    second = batch["token_type_ids"] * batch["attention_mask"]
    a, b = (mean(state, mask) for mask in (batch["attention_mask"] - second, second))
    cosine = torch.nn.functional.cosine_similarity(a, b).unsqueeze(1)
    return torch.cat([joint, a, b, (a - b).abs(), a * b, cosine], 1)


def mean(state, mask):
    mask = mask.unsqueeze(-1).float()
    return (state * mask).sum(1) / mask.sum(1)


def arrays(answers, task):
    """Labels or numbers, or for each text and label whether the text has it."""
    if not task.separator:
        return [numpy.array(each) for each in answers]
    binarizer = MultiLabelBinarizer().fit(answers[0])
    return [binarizer.transform(each) for each in answers]


def fitted(sets, answers, task):
    scaler = StandardScaler().fit(sets[0])
    train, chosen_by, dev = map(scaler.transform, sets)
    models = [model(penalty * len(train), task).fit(train, answers[0]) for penalty in PENALTIES]
    best = min(models, key=lambda model: loss(model, chosen_by, answers[1], task))
    return quality(best.predict(dev), answers[2], task)


def model(penalty, task):
    if task.is_regression:
        return Ridge(alpha=penalty / 2)
    logistic = LogisticRegression(C=1 / penalty, max_iter=1000)
    return OneVsRestClassifier(logistic) if task.separator else logistic


def loss(model, states, answers, task):
    if task.is_regression:
        return ((model.predict(states) - answers) ** 2).mean()
    chances = model.predict_proba(states)
    if task.separator:
        return -numpy.log(numpy.where(answers, chances, 1 - chances).clip(1e-12)).mean()
    return log_loss(answers, chances, labels=model.classes_)


def quality(given, answers, task):
    if task.is_regression:
        return float(numpy.corrcoef(given, answers)[0, 1])
    if task.separator:
        return float(f1_score(answers, given, average="micro"))
    if task.metric == "matthews_correlation":
        return float(matthews_corrcoef(answers, given))
    return float((given == answers).mean())


if __name__ == "__main__":
    main(*sys.argv[1:])
