"""Clusterings of a matrix by peers: quality_embeddings.py ROWS.npy K SEEDS METHODS. One JSON object a line: method, seed, s, labels.

SEEDS as 0,1,2; METHODS of kmeans,spectral,leiden,umap,turtle,temi ("umap" gives UMAP + k-means and UMAP + HDBSCAN by one layout).
TURTLE (Gadetsky et al. 2024) and TEMI (Adaloglou et al. 2023) are written from their formulas; their code is not used.
"""

import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def neighbours(rows, count):
    """The nearest rows by cosine, themselves not counted."""
    from sklearn.neighbors import NearestNeighbors

    found = NearestNeighbors(n_neighbors=count + 1).fit(unit(rows)).kneighbors(unit(rows), return_distance=False)
    return np.array([[j for j in row if j != i][:count] for i, row in enumerate(found)])


def kmeans(rows, k, seed):
    from sklearn.cluster import KMeans

    return {"k-means": KMeans(k, n_init=10, random_state=seed).fit_predict(rows)}


def spectral(rows, k, seed):
    from sklearn.cluster import SpectralClustering

    made = SpectralClustering(k, affinity="nearest_neighbors", n_neighbors=15, assign_labels="cluster_qr", random_state=seed)
    return {"spectral clustering": made.fit_predict(unit(rows))}


def leiden(rows, k, seed):
    import igraph
    import leidenalg

    near = neighbours(rows, 15)
    edges = {(min(i, j), max(i, j)) for i, row in enumerate(near.tolist()) for j in row}
    graph = igraph.Graph(n=len(rows), edges=sorted(edges))
    found = leidenalg.find_partition(graph, leidenalg.RBConfigurationVertexPartition, seed=seed, n_iterations=10)
    return {"Leiden, its own K": np.array(found.membership)}


def with_noise(points, labels):
    """Noise goes to the nearest cluster's mean."""
    if labels.max() < 0:
        return np.zeros(len(labels), dtype=int)
    means = np.stack([points[labels == c].mean(0) for c in range(labels.max() + 1)])
    noise = np.where(labels < 0)[0]
    labels = labels.copy()
    if len(noise) > 0:
        labels[noise] = ((points[noise][:, None] - means) ** 2).sum(-1).argmin(1)
    return labels


def umap(rows, k, seed):
    import umap as learn
    from sklearn.cluster import HDBSCAN, KMeans

    start = time.perf_counter()
    layout = learn.UMAP(n_components=5, n_neighbors=15, min_dist=0, metric="cosine", random_state=seed).fit_transform(rows)
    laid = time.perf_counter() - start
    labels = KMeans(k, n_init=10, random_state=seed).fit_predict(layout)
    with_kmeans = time.perf_counter() - start
    found = HDBSCAN(min_cluster_size=max(5, len(rows) // 100)).fit_predict(layout)
    yield "UMAP + k-means", labels, with_kmeans
    yield "UMAP + HDBSCAN, its own K", with_noise(layout, found), time.perf_counter() - start - with_kmeans + laid


def turtle(rows, k, seed, steps=2000, inner=10, gamma=10.0, rate=1e-3):
    """max-margin labels: softmax of a weight-normalised linear head that fresh linear classifiers learn easily."""
    import torch
    from torch.nn import functional as F

    torch.manual_seed(seed)
    x = torch.tensor(rows)
    head = torch.nn.utils.parametrizations.weight_norm(torch.nn.Linear(x.shape[1], k))
    outer = torch.optim.Adam(head.parameters(), lr=rate)
    for _ in range(steps):
        labels = head(x).softmax(-1)
        classifier = torch.nn.Linear(x.shape[1], k)
        learner = torch.optim.Adam(classifier.parameters(), lr=rate)
        for _ in range(inner):
            learner.zero_grad()
            F.cross_entropy(classifier(x), labels.detach()).backward()
            learner.step()
        mean = labels.mean(0)
        loss = F.cross_entropy(classifier(x).detach(), labels) + gamma * (mean * mean.clamp_min(1e-12).log()).sum()
        outer.zero_grad()
        loss.backward()
        outer.step()
    return {"TURTLE": head(x).argmax(-1).numpy()}


def temi(rows, k, seed, heads=2, steps=1500, batch=256, rate=1e-3, beta=0.6, temperature=0.1, momentum=0.996):
    """Student and teacher heads that agree on neighbours, weighted pointwise mutual information."""
    import torch
    from torch import nn
    from torch.nn import functional as F

    torch.manual_seed(seed)
    x, near = torch.tensor(unit(rows)), torch.tensor(neighbours(rows, min(50, len(rows) // (2 * k))))

    class Heads(nn.Module):
        def __init__(self):
            super().__init__()
            self.first = nn.ModuleList(
                nn.Sequential(nn.Linear(x.shape[1], 512), nn.GELU(), nn.Linear(512, 256)) for _ in range(heads)
            )
            self.prototypes = nn.Parameter(torch.randn(heads, k, 256))

        def forward(self, rows):
            codes = torch.stack([F.normalize(head(rows), dim=-1) for head in self.first])
            return (codes @ F.normalize(self.prototypes, dim=-1).transpose(1, 2) / temperature).softmax(-1)

    student, teacher = Heads(), Heads()
    teacher.load_state_dict(student.state_dict())
    shares = torch.full((heads, 1, k), 1 / k)
    optimiser = torch.optim.AdamW(student.parameters(), lr=rate, weight_decay=1e-4)
    losses = torch.zeros(heads)
    for _ in range(steps):
        at = torch.randint(0, len(x), (batch,))
        other = near[at, torch.randint(0, near.shape[1], (batch,))]
        a, b = student(x[at]), student(x[other])
        with torch.no_grad():
            ta, tb = teacher(x[at]), teacher(x[other])
            shares = 0.9 * shares + 0.1 * (ta + tb).mean(1, keepdim=True) / 2
            weight = (ta * tb).sum(-1).mean(0)
        information = lambda p, q: -((p * q) ** beta / shares).sum(-1).clamp_min(1e-12).log()
        each = (weight * (information(a, tb) + information(b, ta)) / 2).mean(1)
        optimiser.zero_grad()
        each.sum().backward()
        optimiser.step()
        losses = 0.99 * losses + 0.01 * each.detach()
        with torch.no_grad():
            for old, new in zip(teacher.parameters(), student.parameters()):
                old.mul_(momentum).add_(new, alpha=1 - momentum)
    with torch.no_grad():
        return {"TEMI": teacher(x)[losses.argmin()].argmax(-1).numpy()}


def run(method, rows, k, seed):
    start = time.perf_counter()
    found = globals()[method](rows, k, seed)
    if not isinstance(found, dict):
        yield from found
        return
    for name, labels in found.items():
        yield name, labels, time.perf_counter() - start


if __name__ == "__main__":
    path, clusters, seeds, methods = sys.argv[1:5]
    values = np.load(path).astype(np.float32)
    for method in methods.split(","):
        for seed in seeds.split(","):
            for name, labels, seconds in run(method, values, int(clusters), int(seed)):
                line = {"method": name, "seed": int(seed), "s": round(seconds, 2), "labels": np.unique(labels, return_inverse=True)[1].tolist()}
                print(json.dumps(line), flush=True)
