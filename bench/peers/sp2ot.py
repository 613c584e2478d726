"""SP²OT, and P²OT as its case without neighbours, on features in PyTorch from the formulas: what ours is compared with.

python bench/peers/sp2ot.py FILE WIDTH CLUSTERS BATCH STEPS WARMUP [NEIGHBOURS]

FILE holds float32 rows; NEIGHBOURS an int32 file of 20 neighbours of each row, of weight exp(-1); without it P²OT. Prints
milliseconds per training step, the target solve included, on 1 and 2 threads. The solve stops as the published one
does: 1000 rounds or a change of b below 1e-6; neighbours within the buffer are a sparse matrix.
"""

import math
import sys

from progressive import p2ot, sp2ot
from recipe import features, milliseconds, mlp, noisy, np, torch
from torch.nn import functional as F

SCALE, BATCHES = 10.0, 10


def among(neighbours, rows):
    """S + Sᵀ among buffered rows."""
    last = torch.full((len(neighbours),), -1, dtype=torch.long)
    last[rows] = torch.arange(len(rows))
    columns = last[neighbours[rows]]
    i, j = torch.nonzero(columns >= 0, as_tuple=True)
    p, q = i, columns[i, j]
    index = torch.stack([torch.cat([p, q]), torch.cat([q, p])])
    values = torch.full((index.shape[1],), math.exp(-1), dtype=torch.float64)
    return torch.sparse_coo_tensor(index, values, (len(rows), len(rows))).coalesce()


path, width, clusters, batch, steps, warmup = sys.argv[1], *map(int, sys.argv[2:7])
x = features(path, width)
neighbours = torch.from_numpy(np.fromfile(sys.argv[7], np.int32).reshape(len(x), -1)).long() if len(sys.argv) > 7 else None


def make():
    encoder = mlp([width, 1024, 512])
    prototypes = torch.nn.Parameter(torch.randn(clusters, 512) / math.sqrt(512))
    optimiser = torch.optim.Adam([*encoder.parameters(), prototypes], lr=5e-4)
    buffer, numbers, start = [], [], [None]

    @torch.no_grad()
    def targets(logits, rows, rho, view):
        if view and buffer:
            buffer[-1], numbers[-1] = logits, rows
        else:
            buffer.append(logits)
            numbers.append(rows)
        del buffer[:-BATCHES], numbers[:-BATCHES]
        cost = -F.log_softmax(torch.cat(buffer).double(), 1)
        if neighbours is None:
            q, start[0] = p2ot(cost, rho, start[0])
        else:
            q, start[0] = sp2ot(cost, rho, among(neighbours, torch.cat(numbers)), start[0])
        return (q[-len(rows) :] * len(cost)).float()

    def step(batch_rows, rows, t):
        rho = 0.1 + 0.9 * math.exp(-5 * (1 - t) ** 2)
        codes = [F.normalize(encoder(noisy(batch_rows)), dim=1) for _ in range(2)]
        logits = [SCALE * code @ F.normalize(prototypes, dim=1).T for code in codes]
        q = [targets(each.detach(), rows, rho, view) for view, each in enumerate(logits)]
        loss = -((q[1] * F.log_softmax(logits[0], 1)).sum(1).mean() + (q[0] * F.log_softmax(logits[1], 1)).sum(1).mean()) / 2
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        return loss.item()

    return step


milliseconds(make, x, batch, steps, warmup)
