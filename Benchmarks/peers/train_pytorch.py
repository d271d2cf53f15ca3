"""One epoch of full fine-tuning in PyTorch: train_pytorch.py CHECKPOINT TSV."""
import pathlib
import random
import sys

import torch

import glue
import sentences
from checkpoint import full_model, pooled

THREADS = 2
BATCH = 32


def main(checkpoint, path):
    torch.set_num_threads(THREADS)
    torch.manual_seed(7)
    model = full_model(checkpoint, attention="sdpa").backbone.train()
    heads = torch.nn.ModuleList(
        torch.nn.Linear(2 * model.config.hidden_size, 2) for _ in model.encoder.layer)
    parameters = [*model.parameters(), *heads.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=5e-5, fused=True)
    batches = sentences.batches(sentences.encode(checkpoint, glue.read(path)), BATCH)
    random.Random(7).shuffle(batches)
    for batch in batches:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = joint_loss(model, heads, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad()


def joint_loss(model, heads, batch):
    """The sum of the cross-entropies of all exits."""
    ids, mask, labels = map(torch.from_numpy, (batch.ids, batch.mask, batch.labels))
    states = model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states[1:]
    logits = [head(pooled(state, mask)) for head, state in zip(heads, states)]
    return sum(torch.nn.functional.cross_entropy(each.float(), labels) for each in logits)


main(pathlib.Path(sys.argv[1]), sys.argv[2])
