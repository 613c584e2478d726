"""OTDC on features in PyTorch, from the formulas: autoencoder, entropic transport to equal sizes, envelope gradient.

python bench/peers/otdc.py FILE WIDTH CLUSTERS BATCH STEPS WARMUP

Prints milliseconds per training step, the transport included, on 1 and 2 threads.
"""

import math
import sys

from recipe import features, milliseconds, torch
from torch import nn

EPSILON = 0.1


def linear(widths):
    layers = [layer for d, h in zip(widths, widths[1:]) for layer in (nn.Linear(d, h), nn.ReLU())]
    return nn.Sequential(*layers[:-1])


@torch.no_grad()
def plan(cost, start):
    n, k = cost.shape
    cost = cost.double()
    g = torch.zeros(k, dtype=cost.dtype) if start is None else start
    for _ in range(1000):
        f = -EPSILON * torch.logsumexp((g - cost) / EPSILON, 1)
        g = -EPSILON * (torch.logsumexp((f[:, None] - cost) / EPSILON, 0) + math.log(k / n))
        p = torch.exp((f[:, None] + g - cost) / EPSILON)
        if (p.sum(1) - 1).abs().mean() < 1e-5:
            break
    return p.float(), g


path, width, clusters, batch, steps, warmup = sys.argv[1], *map(int, sys.argv[2:7])
x = features(path, width)


def make():
    encoder, decoder = linear([width, 256, 128, 10]), linear([10, 128, 256, width])
    centroids = nn.Parameter(encoder(x[:clusters]).detach().clone())
    optimiser = torch.optim.Adam([*encoder.parameters(), *decoder.parameters(), centroids], lr=1e-3)
    unit = torch.cdist(encoder(x[:1000]), centroids).square().min(1).values.mean().detach() + 1e-12
    start = [None]

    def step(rows, _, __):
        code = encoder(rows)
        cost = (code.square().sum(1, keepdim=True) - 2 * code @ centroids.T + centroids.square().sum(1)) / unit
        p, start[0] = plan(cost.detach(), start[0])
        loss = 0.1 * (p * cost).sum(1).mean() + (decoder(code) - rows).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        return loss.item()

    return step


milliseconds(make, x, batch, steps, warmup)
