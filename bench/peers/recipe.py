"""What the peers of our pipelines share: features from a file, the MLP, views, and seconds of training steps."""

import json
import sys
import time

try:
    import numpy as np
    import torch
    from torch import nn
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)


def features(path, width):
    return torch.from_numpy(np.fromfile(path, np.float32).reshape(-1, width).copy())


def mlp(widths, normalise=True):
    layers = []
    for d, h in zip(widths, widths[1:]):
        layers += [nn.Linear(d, h, bias=not normalise), *([nn.BatchNorm1d(h)] if normalise else []), nn.ReLU()]
    return nn.Sequential(*layers)


def noisy(x):
    return (x + 0.01 * torch.randn_like(x)) * (torch.rand_like(x) >= 0.1)


def milliseconds(make, x, batch, steps, warmup):
    """Mean milliseconds of a step on 1 and 2 threads, after `warmup` steps and after 100; `make` gives a function of a batch, its
    rows, and t in [0, 1)."""
    found = {"torch": torch.__version__}
    for threads in (1, 2):
        torch.set_num_threads(threads)
        torch.manual_seed(0)
        step = make()
        times = []
        for i in range(warmup + steps):
            rows = torch.randint(len(x), (batch,))
            began = time.perf_counter()
            step(x[rows], rows, max(0, i - warmup) / steps)
            times.append(time.perf_counter() - began)
        found[f"threads{threads}"] = 1e3 * float(np.mean(times[warmup:]))
        found[f"early{threads}"] = 1e3 * float(np.mean(times[min(warmup, 100) :][:steps]))
    print(json.dumps(found))
