"""One training step of the MLP recipe in PyTorch: two views, forward, backward, SGD with momentum and weight decay.

python bench/peers/train_step.py FOLDER ROWS WIDTHS STEPS

FOLDER holds float32 files: `view0`, `view1`, and `0`, `1`, … in the order of the modules' parameters (weights as
[inputs, outputs]). Prints the losses of the first three steps and milliseconds per step on 1 and 2 threads.
"""

import json
import pathlib
import sys
import time

try:
    import numpy as np
    import torch
    from torch import nn
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

folder, rows, widths, steps = pathlib.Path(sys.argv[1]), int(sys.argv[2]), [int(w) for w in sys.argv[3].split(",")], int(sys.argv[4])
d, a, b, c, e = widths


def read(name, shape):
    return torch.from_numpy(np.fromfile(folder / name, np.float32).reshape(shape).copy())


def network():
    model = nn.Sequential(
        nn.Linear(d, a, bias=False), nn.BatchNorm1d(a), nn.ReLU(), nn.Linear(a, b, bias=False), nn.BatchNorm1d(b), nn.ReLU(),
        nn.Linear(b, c, bias=False), nn.BatchNorm1d(c), nn.ReLU(), nn.Linear(c, e, bias=False), nn.BatchNorm1d(e),
    )
    with torch.no_grad():
        for i, parameter in enumerate(model.parameters()):
            shape = parameter.shape
            value = read(str(i), shape[::-1])
            parameter.copy_(value.T if len(shape) == 2 else value)
    return model, torch.optim.SGD(model.parameters(), lr=0.04, momentum=0.9, weight_decay=5e-4)


views = [read(f"view{i}", (rows, d)) for i in range(2)]


def step(model, optimizer):
    optimizer.zero_grad()
    z0, z1 = [model(view) for view in views]
    loss = (z0 - z1).square().mean()
    loss.backward()
    optimizer.step()
    return loss.item()


model, optimizer = network()
result = {"losses": [step(model, optimizer) for _ in range(3)], "torch": torch.__version__}
for threads in (1, 2):
    torch.set_num_threads(threads)
    model, optimizer = network()
    for _ in range(3):
        step(model, optimizer)
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        step(model, optimizer)
        times.append(time.perf_counter() - start)
    result[f"threads{threads}"] = 1e3 * float(np.median(times))
print(json.dumps(result))
