"""BootSC on features in PyTorch, from the paper's formulas (docs of the pipeline `bootsc`): what our run is compared with.

python bench/peers/bootsc.py optdigits [--seeds 6] [--epochs 100] [--steps N]
python bench/peers/bootsc.py idx:/usr/share/datasets/fashion-mnist --seeds 1 --epochs 30

Prints one JSON object: ACC, NMI and seconds of each seed; with --steps only milliseconds per training step.
"""

import argparse
import gzip
import json
import pathlib
import sys
import time

try:
    import numpy as np
    import torch
    from scipy.optimize import linear_sum_assignment
    from sklearn.metrics import normalized_mutual_info_score
    from torch import nn
    from torch.nn import functional as F
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

BATCH, RATE, EPSILON, ROUNDS = 256, 0.04, 0.05, 3


def load(name):
    if name == "optdigits":
        path = pathlib.Path(__file__).parents[2] / "packages/data/assets/optdigits.csv.gz"
        table = np.loadtxt(path, delimiter=",", dtype=np.float32)
        return torch.from_numpy(table[:, :-1] / 16), table[:, -1].astype(int)
    folder = pathlib.Path(name.removeprefix("idx:"))

    def read(stem):
        data = gzip.open(folder / f"{stem}.gz").read()
        return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3])

    labels = read("t10k-labels-idx1-ubyte").astype(int)
    images = read("t10k-images-idx3-ubyte").reshape(len(labels), -1)
    return torch.from_numpy(images.astype(np.float32) / 255), labels


class Network(nn.Module):
    def __init__(self, width, clusters):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Linear(width, 1024, bias=False), nn.BatchNorm1d(1024), nn.ReLU(),
            nn.Linear(1024, 512, bias=False), nn.BatchNorm1d(512), nn.ReLU(),
        )
        self.projection = nn.Sequential(
            nn.Linear(512, 4096, bias=False),
            nn.BatchNorm1d(4096),
            nn.ReLU(),
            nn.Linear(4096, 128, bias=False),
            nn.BatchNorm1d(128),
        )
        self.prototypes = nn.Linear(128, clusters)
        self.log_tau = nn.Parameter(torch.tensor(0.05).log())
        self.log_tau_affinity = nn.Parameter(torch.tensor(0.05).log())

    def embed(self, x):
        return F.normalize(self.projection(self.encoder(x)), dim=1)

    def spectral(self, x):
        z = self.projection(self.encoder(x))
        u, _, vt = torch.linalg.svd(z.detach(), full_matrices=False)
        return F.normalize(z + (u @ vt - z).detach(), dim=1)


@torch.no_grad()
def transport(scores):
    q = torch.exp(scores / EPSILON)
    q = q / q.sum()
    for _ in range(ROUNDS):
        q = q / q.sum(0, keepdim=True) / q.shape[1]
        q = q / q.sum(1, keepdim=True) / q.shape[0]
    return q * q.shape[0]


def cross_entropy(targets, scores, tau):
    return -(targets * F.log_softmax(scores / tau, dim=1)).sum(1).mean()


def swapped(scores, tau):
    a, b = scores
    return (cross_entropy(transport(b), a, tau) + cross_entropy(transport(a), b, tau)) / 2


def affinity(z, marginals):
    a, n = z @ z.T, len(z)
    if marginals == "reference":  # the diagonal dropped and ranks closed: n × (n − 1)
        return a.flatten()[1:].view(n - 1, n + 1)[:, :-1].reshape(n, n - 1)
    return a.masked_fill(torch.eye(n, dtype=torch.bool), -1e4)  # finite, so that 0 · score is 0 in τ's gradient


def view(x):
    noisy = x + 0.01 * torch.randn_like(x)
    return noisy * (torch.rand_like(x) >= 0.1)


def train(x, clusters, seed, epochs, marginals, steps=None):
    torch.manual_seed(seed)
    network = Network(x.shape[1], clusters)
    optimiser = torch.optim.SGD(network.parameters(), lr=RATE, momentum=0.9, weight_decay=5e-4)
    times = []
    for epoch in range(epochs):
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / epochs)
        network.train()
        order = torch.randperm(len(x))
        for start in range(0, len(x) - BATCH + 1, BATCH):
            began = time.perf_counter()
            with torch.no_grad():
                network.log_tau.clamp_(max=0)
                network.log_tau_affinity.clamp_(max=0)
                network.prototypes.weight.copy_(F.normalize(network.prototypes.weight, dim=1))
            batch = x[order[start : start + BATCH]]
            z = [network.spectral(view(batch)) for _ in range(2)]
            cluster = swapped([network.prototypes(each) for each in z], network.log_tau.exp())
            graph = swapped([affinity(each, marginals) for each in z], network.log_tau_affinity.exp())
            optimiser.zero_grad()
            (cluster + graph).backward()
            optimiser.step()
            times.append(time.perf_counter() - began)
            if steps and len(times) >= steps:
                return network, times
    return network, times


def score(network, x, labels):
    network.eval()
    with torch.no_grad():
        found = network.prototypes(network.embed(x)).argmax(1).numpy()
    table = np.zeros((found.max() + 1, labels.max() + 1))
    np.add.at(table, (found, labels), 1)
    rows, columns = linear_sum_assignment(-table)
    return table[rows, columns].sum() / len(labels), normalized_mutual_info_score(labels, found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--marginals", choices=["reference", "clean"], default="reference")
    parser.add_argument("--steps", type=int)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    x, labels = load(options.data)
    clusters = int(labels.max()) + 1
    if options.steps:
        _, times = train(x, clusters, 0, options.epochs, options.marginals, options.steps)
        print(json.dumps({"ms": 1000 * float(np.median(times[2:])), "threads": options.threads}))
        return
    runs = []
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        began = time.perf_counter()
        network, _ = train(x, clusters, seed, options.epochs, options.marginals)
        acc, nmi = score(network, x, labels)
        runs.append({"seed": seed, "acc": acc, "nmi": nmi, "seconds": time.perf_counter() - began})
        print(json.dumps(runs[-1]), file=sys.stderr)
    print(
        json.dumps(
            {
                "data": options.data,
                "torch": torch.__version__,
                "marginals": options.marginals,
                "acc": float(np.mean([run["acc"] for run in runs])),
                "acc_sd": float(np.std([run["acc"] for run in runs], ddof=1)) if len(runs) > 1 else None,
                "nmi": float(np.mean([run["nmi"] for run in runs])),
                "seeds": runs,
            }
        )
    )


if __name__ == "__main__":
    main()
