"""How well P²OT, SP²OT and OTDC cluster in PyTorch, by our recipes `digits`, from the rows and the start that ours had.

python bench/peers/quality_systems.py METHODS FOLDER...

METHODS are of p2ot, sp2ot, otdc, joined by commas. FOLDERs are what `bench/quality-systems.ts long-tail … FOLDER` keeps, one
per seed: rows, labels, and the encoder that BootSC has learned. Prints the scores of each seed, then mean ± sd.
"""

import json
import math
import pathlib
import sys

from progressive import p2ot, sp2ot
from recipe import mlp, np, torch
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.metrics import normalized_mutual_info_score
from sklearn.neighbors import NearestNeighbors
from torch.nn import functional as F

CLUSTERS = 10
torch.set_num_threads(1)


def read(folder, name, dtype=np.float32):
    return np.fromfile(folder / name, dtype)


def started(folder, width):
    """The MLP with the weights and statistics that BootSC left."""
    encoder = mlp([width, 1024, 512])
    with torch.no_grad():
        for linear, norm, at in ((encoder[0], encoder[1], 1), (encoder[3], encoder[4], 4)):
            weight = read(folder, f"encoder.{at}.weight").reshape(linear.in_features, linear.out_features)
            linear.weight.copy_(torch.from_numpy(weight.T.copy()))
            for ours, theirs in (("scale", norm.weight), ("offset", norm.bias), ("mean", norm.running_mean)):
                theirs.copy_(torch.from_numpy(read(folder, f"encoder.{at + 1}.{ours}")))
            norm.running_var.copy_(torch.from_numpy(read(folder, f"encoder.{at + 1}.variance")))
    return encoder


def uniform(n, reach):
    return reach * (2 * torch.rand(n) - 1)


def view(rows):
    """Random rotation, scale, shear and shift, bilinear with zeros outside, then contrast and noise."""
    n, side = len(rows), math.isqrt(rows.shape[1])
    angle, scale, shear = uniform(n, math.radians(15)), 1 + uniform(n, 0.1), uniform(n, 0.15)
    cos, sin = torch.cos(angle) / scale, torch.sin(angle) / scale
    inverse = torch.stack([cos + shear * sin, sin - shear * cos, -sin, cos], 1).view(n, 2, 2)
    shift = torch.stack([uniform(n, 0.1 * side), uniform(n, 0.1 * side)], 1)
    line = torch.arange(side) - (side - 1) / 2
    y, x = torch.meshgrid(line, line, indexing="ij")
    points = torch.stack([x, y], -1).view(1, -1, 2) - shift[:, None]
    source = (points @ inverse.transpose(1, 2)).view(n, side, side, 2) / ((side - 1) / 2)
    seen = F.grid_sample(rows.view(n, 1, side, side), source, align_corners=True).view(n, -1)
    return (1 + uniform(n, 0.2))[:, None] * seen + 0.05 * torch.randn_like(seen)


def batches(n, size, epochs):
    for _ in range(epochs):
        order = torch.randperm(n)
        yield from (order[at : at + size] for at in range(0, n - size + 1, size))


def kmeans(codes, seed):
    return KMeans(CLUSTERS, n_init=10, random_state=seed).fit(codes.detach().numpy())


def neighbours(x):
    """S + Sᵀ of the 20 nearest, `exp(−d²/(σᵢσⱼ))` with σ the distance to the 7th."""
    distances, indices = NearestNeighbors(n_neighbors=21).fit(x).kneighbors(x)
    scales = distances[:, 7]
    similarity = np.zeros((len(x), len(x)))
    for i, (ds, js) in enumerate(zip(distances[:, 1:], indices[:, 1:])):
        similarity[i, js] = np.exp(-(ds**2) / (scales[i] * scales[js]))
    return torch.from_numpy(similarity + similarity.T)


def pseudo_labels(method, x, encoder, seed, batch=128, epochs=50, kept=5):
    with torch.no_grad():
        first = F.normalize(encoder.train()(x), dim=1)
    prototypes = torch.nn.Parameter(torch.from_numpy(kmeans(first, seed).cluster_centers_).float())
    optimiser = torch.optim.Adam([*encoder.parameters(), prototypes], lr=5e-4)
    similarity = neighbours(x.numpy()) if method == "sp2ot" else None
    buffer, numbers, start = [], [], None
    steps = epochs * (len(x) // batch)
    for step, rows in enumerate(batches(len(x), batch, epochs)):
        for group in optimiser.param_groups:
            group["lr"] = 5e-7 + (5e-4 - 5e-7) * (1 + math.cos(math.pi * step / steps)) / 2
        rho = 0.1 + 0.9 * math.exp(-5 * (1 - step / steps) ** 2)
        logits = [10 * F.normalize(encoder(view(x[rows])), dim=1) @ F.normalize(prototypes, dim=1).T for _ in range(2)]
        targets = []
        for at, scores in enumerate(logits):
            if at == 0:
                buffer, numbers = [*buffer, None][-kept:], [*numbers, rows][-kept:]
            buffer[-1] = scores.detach()
            cost = -F.log_softmax(torch.cat(buffer).double(), 1)
            if similarity is None:
                q, start = p2ot(cost, rho, start)
            else:
                held = torch.cat(numbers)
                q, start = sp2ot(cost, rho, similarity[held][:, held], start, weight=125.0, tolerance=1e-4)
            targets.append((q[-batch:] * len(cost)).float())
        losses = [-(targets[1 - at] * F.log_softmax(scores, 1)).sum(1).mean() for at, scores in enumerate(logits)]
        optimiser.zero_grad()
        (sum(losses) / 2).backward()
        optimiser.step()
    with torch.no_grad():
        return (F.normalize(encoder.eval()(x), dim=1) @ F.normalize(prototypes, dim=1).T).argmax(1).numpy()


def plan(cost, sizes, g, epsilon=0.1):
    """Rows of sum 1, columns of the given masses: entropic transport in the log domain."""
    for _ in range(1000):
        f = -epsilon * torch.logsumexp((g - cost) / epsilon, 1)
        g = -epsilon * (torch.logsumexp((f[:, None] - cost) / epsilon, 0) - torch.log(sizes * len(cost)))
        p = torch.exp((f[:, None] + g - cost) / epsilon)
        if (p.sum(1) - 1).abs().mean() < 1e-5:
            break
    return p.float(), g


def otdc(x, encoder, seed, batch=256, epochs=30):
    """Sizes are those of k-means' clusters."""
    with torch.no_grad():
        fit = kmeans(F.normalize(encoder.eval()(x), dim=1), seed)
    centroids = torch.nn.Parameter(torch.from_numpy(fit.cluster_centers_).float())
    sizes = torch.from_numpy(np.bincount(fit.labels_, minlength=CLUSTERS) / len(x))
    unit, g = fit.inertia_ / len(x), torch.zeros(CLUSTERS, dtype=torch.float64)
    optimiser = torch.optim.Adam([*encoder.parameters(), centroids], lr=1e-4)
    encoder.train()
    for rows in batches(len(x), batch, epochs):
        cost = torch.cdist(F.normalize(encoder(view(x[rows])), dim=1), centroids).square() / unit
        p, g = plan(cost.detach().double(), sizes, g)
        optimiser.zero_grad()
        (p * cost).sum(1).mean().backward()
        optimiser.step()
    with torch.no_grad():
        return torch.cdist(F.normalize(encoder.eval()(x), dim=1), centroids).argmin(1).numpy()


def scores(truth, found):
    table = np.zeros((CLUSTERS, CLUSTERS))
    np.add.at(table, (truth, found), 1)
    classes, clusters = linear_sum_assignment(-table)
    return {
        "mean per-class ACC": float(np.mean(table[classes, clusters] / table.sum(1))),
        "NMI": float(normalized_mutual_info_score(truth, found)),
    }


methods, folders = sys.argv[1].split(","), [pathlib.Path(folder) for folder in sys.argv[2:]]
for method in methods:
    runs = []
    for seed, folder in enumerate(folders):
        torch.manual_seed(seed)
        labels = read(folder, "labels", np.int32)
        x = torch.from_numpy(read(folder, "rows").reshape(len(labels), -1))
        encoder = started(folder, x.shape[1])
        found = otdc(x, encoder, seed) if method == "otdc" else pseudo_labels(method, x, encoder, seed)
        runs.append(scores(labels, found))
        print(method, folder.name, json.dumps(runs[-1]), file=sys.stderr)
    spread = [f"{key} {np.mean([r[key] for r in runs]):.3f} ± {np.std([r[key] for r in runs], ddof=1):.3f}" for key in runs[0]]
    print(f"| {method} in PyTorch ({len(runs)} seeds) | {' | '.join(spread)} |")
