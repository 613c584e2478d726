"""One training step of ResNet-18 with the CIFAR stem in PyTorch, and the memory it takes.

python bench/peers/resnet_step.py BATCH STEPS

Prints milliseconds per step on 1 and 2 threads, and the peak of resident memory over the process before it, in MB.
"""

import json
import sys
import time

try:
    import numpy as np
    import torch
    from torch import nn
    from torch.nn import functional as F

    from memory import peak_kib
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

batch, steps = int(sys.argv[1]), int(sys.argv[2])


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.short = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.short = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + self.short(x))


def resnet18():
    blocks, inputs = [], 64
    for stage, outputs in enumerate((64, 128, 256, 512)):
        for i in range(2):
            blocks.append(Block(inputs, outputs, 2 if stage > 0 and i == 0 else 1))
            inputs = outputs
    stem = [nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU()]
    return nn.Sequential(*stem, *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten())


base = peak_kib()
x, target = torch.randn(batch, 3, 32, 32), torch.randn(batch, 512)
result = {}
for threads in (1, 2):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = resnet18()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)
    times = []
    for _ in range(steps + 1):
        start = time.perf_counter()
        optimizer.zero_grad()
        loss = (model(x) - target).square().mean()
        loss.backward()
        optimizer.step()
        loss.item()
        times.append(time.perf_counter() - start)
    result[f"threads{threads}"] = 1e3 * float(np.median(times[1:]))
result["memory"] = (peak_kib() - base) / 1e3
print(json.dumps(result))
