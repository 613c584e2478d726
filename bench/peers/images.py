"""ResNet-18 training steps and ViT features in PyTorch, from weights and images that the bench wrote.

python bench/peers/images.py resnet FOLDER ROWS REPEATS
python bench/peers/images.py vit FOLDER IMAGES REPEATS WIDTH,DEPTH,HEADS

Prints milliseconds (the better of 1 thread and all), the first two losses or the first 64 features, and peak memory.
"""

import json
import pathlib
import sys
import time

try:
    import numpy as np
    import torch
    import torch.nn.functional as F
    from torch import nn

    from memory import peak_kib
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

task, folder, rows, repeats = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])


def weights(name):
    raw = (folder / name).read_bytes()
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + length])
    arrays = {}
    for key, entry in header.items():
        if key == "__metadata__":
            continue
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        arrays[key] = torch.from_numpy(np.frombuffer(raw[start:end], np.float32).reshape(entry["shape"]).copy())
    return arrays


class Block(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        same = stride == 1 and inputs == width
        self.downsample = None if same else nn.Sequential(
            nn.Conv2d(inputs, width, 1, stride, bias=False), nn.BatchNorm2d(width)
        )

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        inputs = 64
        for stage in range(4):
            width = 64 * 2**stage
            layer = nn.Sequential(Block(inputs, width, 2 if stage else 1), Block(width, width, 1))
            self.add_module(f"layer{stage + 1}", layer)
            inputs = width

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        for stage in range(4):
            x = getattr(self, f"layer{stage + 1}")(x)
        return x.mean((2, 3))


def resnet_step():
    found = weights("resnet.safetensors")
    encoder = ResNet()
    project = nn.Sequential(
        nn.Flatten(),
        nn.Linear(512, 4096, bias=False), nn.BatchNorm1d(4096), nn.ReLU(),
        nn.Linear(4096, 128, bias=False), nn.BatchNorm1d(128),
    )
    encoder.load_state_dict({k[8:]: v for k, v in found.items() if k.startswith("encoder.")}, strict=False)
    project.load_state_dict({k[8:]: v for k, v in found.items() if k.startswith("project.")}, strict=False)
    parameters = [*encoder.parameters(), *project.parameters()]
    optimizer = torch.optim.SGD(parameters, lr=0.04, momentum=0.9, weight_decay=5e-4)
    x = torch.from_numpy(np.fromfile(folder / "images", np.float32).reshape(rows, 32, 32, 3).transpose(0, 3, 1, 2).copy())
    views = [x, x.flip(3)]

    def step():
        optimizer.zero_grad()
        z0, z1 = [project(encoder(view)) for view in views]
        loss = (z0 - z1).square().mean()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


class VitBlock(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width, eps=1e-6)
        self.norm2 = nn.LayerNorm(width, eps=1e-6)
        self.attn = nn.ModuleDict({"qkv": nn.Linear(width, 3 * width), "proj": nn.Linear(width, width)})
        self.mlp = nn.ModuleDict({"fc1": nn.Linear(width, 4 * width), "fc2": nn.Linear(4 * width, width)})

    def forward(self, x):
        n, t, d = x.shape
        q, k, v = self.attn["qkv"](self.norm1(x)).reshape(n, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(n, t, d)
        x = x + self.attn["proj"](mixed)
        return x + self.mlp["fc2"](F.gelu(self.mlp["fc1"](self.norm2(x))))


def vit_run():
    width, depth, heads = (int(part) for part in sys.argv[5].split(","))
    found = weights("vit.safetensors")
    model = nn.Module()
    model.blocks = nn.Sequential(*[VitBlock(width, heads) for _ in range(depth)])
    model.norm = nn.LayerNorm(width, eps=1e-6)
    model.patch_embed = nn.ModuleDict({"proj": nn.Conv2d(3, width, 16, 16)})
    missing, _ = model.load_state_dict(found, strict=False)
    assert not missing, missing
    x = torch.from_numpy(np.fromfile(folder / "images", np.float32).reshape(rows, 224, 224, 3).transpose(0, 3, 1, 2).copy())

    @torch.inference_mode()
    def run():
        patches = model.patch_embed["proj"](x).flatten(2).transpose(1, 2)
        tokens = torch.cat([found["cls_token"].expand(rows, -1, -1), patches], 1) + found["pos_embed"]
        return model.norm(model.blocks(tokens)[:, 0])

    return run


def median(run):
    run()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return 1e3 * float(np.median(times))


cores = torch.get_num_threads()
if task == "resnet":
    run = resnet_step()
    output = [run(), run()]
else:
    run = vit_run()
    output = run().flatten()[:64].tolist()
times = []
for threads in sorted({1, cores}):
    torch.set_num_threads(threads)
    times.append(median(run))
print(json.dumps({"ms": min(times), "output": output, "peak_mb": peak_kib() // 1024}))
