"""The bench gpu's work in PyTorch on a CUDA device; each step reads its loss, as ours does.

python bench/peers/gpu.py mlp ROWS WIDTHS REPEATS
python bench/peers/gpu.py resnet BATCH REPEATS
python bench/peers/gpu.py sinkhorn ROWS COLUMNS ROUNDS EPSILON REPEATS
python bench/peers/gpu.py p2ot ROWS COLUMNS RHO REPEATS

Prints milliseconds per step by PyTorch's defaults (TF32 in convolutions only), with float32 everywhere and with TF32 everywhere,
and the device. Exit code 3 without PyTorch or without a CUDA device.
"""

import json
import sys
import time

try:
    import numpy as np
    import torch
    from torch import nn
    from torch.nn import functional as F

    import progressive
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)
if not torch.cuda.is_available():
    print("PyTorch sees no CUDA device", file=sys.stderr)
    sys.exit(3)

task, *sizes, repeats = sys.argv[1:]
device = torch.device("cuda")


def mlp(rows, widths):
    d, a, b, c, e = (int(width) for width in widths.split(","))
    model = nn.Sequential(
        nn.Linear(d, a, bias=False), nn.BatchNorm1d(a), nn.ReLU(), nn.Linear(a, b, bias=False), nn.BatchNorm1d(b), nn.ReLU(),
        nn.Linear(b, c, bias=False), nn.BatchNorm1d(c), nn.ReLU(), nn.Linear(c, e, bias=False), nn.BatchNorm1d(e),
    ).to(device)
    # From the host in every step, as a batch comes.
    views = [torch.randn(int(rows), d) for _ in range(2)]

    def loss():
        z0, z1 = [model(view.to(device)) for view in views]
        return (z0 - z1).square().mean()

    return training(model, loss, 0.04)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs)
        self.conv2, self.bn2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs)
        self.short = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.short = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + self.short(x))


def resnet(batch):
    layers, inputs = [nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU()], 64
    for stage, outputs in enumerate((64, 128, 256, 512)):
        for i in range(2):
            layers.append(Block(inputs, outputs, 2 if stage > 0 and i == 0 else 1))
            inputs = outputs
    model = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten()).to(device)
    images, targets = torch.randn(int(batch), 3, 32, 32), torch.randn(int(batch), 512)
    return training(model, lambda: (model(images.to(device)) - targets.to(device)).square().mean(), 0.01)


def training(model, loss, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9, weight_decay=5e-4)

    def step():
        optimizer.zero_grad()
        value = loss()
        value.backward()
        optimizer.step()
        return value.item()

    return step


def sinkhorn(rows, columns, rounds, epsilon):
    n, k = int(rows), int(columns)
    kernel = torch.rand(n, k, device=device) / -float(epsilon)
    log_rows, log_columns = -torch.log(torch.tensor(float(n))).item(), -torch.log(torch.tensor(float(k))).item()

    @torch.inference_mode()
    def run():
        u = torch.zeros(n, 1, device=device)
        for _ in range(int(rounds)):
            v = log_columns - (kernel + u).logsumexp(0, keepdim=True)
            u = log_rows - (kernel + v).logsumexp(1, keepdim=True)
        return (kernel + u + v).exp().max().item()

    return run


def p2ot(rows, columns, rho):
    """The published loop: scalings, not in the log domain, up to 1000 rounds."""
    torch.set_default_device(device)
    cost = -torch.log_softmax(torch.randn(int(rows), int(columns)), 1)

    @torch.inference_mode()
    def run():
        return progressive.p2ot(cost, float(rho), None)[0].max().item()

    return run


def milliseconds(matmul, convolutions):
    torch.backends.cuda.matmul.allow_tf32 = matmul
    torch.backends.cudnn.allow_tf32 = convolutions
    for _ in range(5):
        run()
    times = []
    for _ in range(int(repeats)):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return 1e3 * float(np.median(times))


run = {"mlp": mlp, "resnet": resnet, "sinkhorn": sinkhorn, "p2ot": p2ot}[task](*sizes)
found = {
    "ms": milliseconds(False, True),
    "ms_float32": milliseconds(False, False),
    "ms_tf32": milliseconds(True, True),
    "device": f"{torch.cuda.get_device_name(device)}, torch {torch.__version__}",
}
print(json.dumps(found))
