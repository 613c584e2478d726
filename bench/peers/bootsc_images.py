"""BootSC on small images in PyTorch: the published losses and training with the ConvNet and the views of our presets.

python bench/peers/bootsc_images.py optdigits [--seeds 3] [--epochs 100]
python bench/peers/bootsc_images.py idx:/usr/share/datasets/fashion-mnist --epochs 30

Views are random affine maps, contrast and noise (`image-affine`), resampled once, bilinearly; images of 28 pixels are then halved, as
by the preset `fashion-convnet`. Prints a JSON line per seed on stderr, ACC and NMI by the prototypes and by k-means on the
embedding, and one JSON object in the end.
"""

import argparse
import json
import math
import sys
import time

from bootsc import BATCH, Network, affinity, load, swapped  # exits with 3 where a package is missing

import numpy as np
import torch
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.metrics import normalized_mutual_info_score
from torch import nn
from torch.nn import functional as F

RATE = 0.08


class ImageNetwork(Network):
    """`(3×3 convolution → BN → ReLU → 2×2 max pool)*`, the last without pool, then all places; head 1024-128.

    Sides from 28 on are halved first: the bilinear resize to half the side is the mean of 2×2 pixels.
    """

    def __init__(self, side, widths, clusters):
        super().__init__(1, clusters)
        layers, inputs = [], 1
        if side >= 28:
            layers.append(nn.AvgPool2d(2))
            side //= 2
        for i, width in enumerate(widths):
            conv = nn.Conv2d(inputs, width, 3, padding=1, bias=False)
            nn.init.kaiming_normal_(conv.weight, mode="fan_out", nonlinearity="relu")
            layers += [conv, nn.BatchNorm2d(width), nn.ReLU()]
            if i < len(widths) - 1:
                layers.append(nn.MaxPool2d(2))
                side //= 2
            inputs = width
        self.encoder = nn.Sequential(*layers, nn.Flatten())
        self.projection = nn.Sequential(
            nn.Linear(side * side * inputs, 1024, bias=False),
            nn.BatchNorm1d(1024),
            nn.ReLU(),
            nn.Linear(1024, 128, bias=False),
            nn.BatchNorm1d(128),
        )


def symmetric(n, most):
    return (2 * torch.rand(n) - 1) * most


def affine_view(x):
    n = len(x)
    angle, scale, shear = symmetric(n, math.pi / 12), 1 + symmetric(n, 0.1), symmetric(n, 0.15)
    cos, sin = angle.cos() / scale, angle.sin() / scale
    # (s R H)⁻¹ = H⁻¹ Rᵀ / s, and a shift of up to a tenth of the side; a side is 2 in the sampler's coordinates.
    rows = [
        torch.stack([cos + shear * sin, sin - shear * cos, 2 * symmetric(n, 0.1)], 1),
        torch.stack([-sin, cos, 2 * symmetric(n, 0.1)], 1),
    ]
    grid = F.affine_grid(torch.stack(rows, 1), x.shape, align_corners=False)
    y = F.grid_sample(x, grid, padding_mode="zeros", align_corners=False) * (1 + symmetric(n, 0.2)).view(-1, 1, 1, 1)
    return y + 0.05 * torch.randn_like(y)


def train(x, widths, seed, epochs, marginals):
    torch.manual_seed(seed)
    network = ImageNetwork(x.shape[-1], widths, 10)
    optimiser = torch.optim.SGD(network.parameters(), lr=RATE, momentum=0.9, weight_decay=5e-4)
    for epoch in range(epochs):
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / epochs)
        network.train()
        order = torch.randperm(len(x))
        for start in range(0, len(x) - BATCH + 1, BATCH):
            with torch.no_grad():
                network.log_tau.clamp_(max=0)
                network.log_tau_affinity.clamp_(max=0)
                network.prototypes.weight.copy_(F.normalize(network.prototypes.weight, dim=1))
                views = [affine_view(x[order[start : start + BATCH]]) for _ in range(2)]
            z = [network.spectral(each) for each in views]
            cluster = swapped([network.prototypes(each) for each in z], network.log_tau.exp())
            graph = swapped([affinity(each, marginals) for each in z], network.log_tau_affinity.exp())
            optimiser.zero_grad()
            (cluster + graph).backward()
            optimiser.step()
    return network


def scores(found, labels):
    table = np.zeros((found.max() + 1, labels.max() + 1))
    np.add.at(table, (found, labels), 1)
    rows, columns = linear_sum_assignment(-table)
    return {"acc": table[rows, columns].sum() / len(labels), "nmi": normalized_mutual_info_score(labels, found)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--rows", type=int)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--marginals", choices=["reference", "clean"], default="reference")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    x, labels = load(options.data)
    x, labels = x[: options.rows], labels[: options.rows]
    side = math.isqrt(x.shape[1])
    x = x.view(-1, 1, side, side)
    widths = [32, 64, 128] if side == 8 else [16, 32, 64]
    runs = []
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        began = time.perf_counter()
        network = train(x, widths, seed, options.epochs, options.marginals)
        seconds = time.perf_counter() - began
        network.eval()
        with torch.no_grad():
            z = network.embed(x)
            found = network.prototypes(z).argmax(1).numpy()
        kmeans = KMeans(10, n_init=10, random_state=seed).fit_predict(z.numpy())
        runs.append({"seed": seed, "prototypes": scores(found, labels), "kmeans": scores(kmeans, labels)})
        runs[-1]["secondsPerEpoch"] = seconds / options.epochs
        print(json.dumps(runs[-1]), file=sys.stderr)
    print(json.dumps({"data": options.data, "rows": len(x), "torch": torch.__version__, "seeds": runs}))


main()
