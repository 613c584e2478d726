"""DSCL on features in PyTorch, from the formulas: the loss k − tr(C F F⁺) and its closed-form gradient −2G.

python bench/peers/dscl.py FILE LABELS WIDTH CLASSES BATCH STEPS WARMUP

Prints milliseconds per training step on 1 and 2 threads.
"""

import sys

from recipe import features, milliseconds, mlp, np, torch
from torch import nn
from torch.nn import functional as F

path, names, width, classes, batch, steps, warmup = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:8])
x = features(path, width)
labels = torch.from_numpy(np.fromfile(names, np.int32)).long()


class Residual(torch.autograd.Function):
    @staticmethod
    def forward(context, f, y):
        pinv = torch.linalg.pinv(f)  # [d, n]
        scaled = y / y.sum(0).clamp(min=1)  # column c of (Y⁺)ᵀ
        right = pinv @ scaled  # F⁺ (Y⁺)ᵀ
        context.save_for_backward((y - f @ (pinv @ y)) @ right.T)
        return (y.sum(0) > 0).sum() - ((pinv @ y) * (f.T @ scaled)).sum()

    @staticmethod
    def backward(context, upstream):
        (g,) = context.saved_tensors
        return -2 * g * upstream, None


def make():
    model = nn.Sequential(mlp([width, 1024, 512]), nn.Linear(512, classes))
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-4)

    def step(rows, numbers, _):
        loss = Residual.apply(model(rows), F.one_hot(labels[numbers], classes).float())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        return loss.item()

    return step


milliseconds(make, x, batch, steps, warmup)
