"""EfficientNet-Lite0 in PyTorch: the network that packages/encoder-efficientnet-lite0 ships, its nodes run one by one by torch.

python bench/peers/encoder.py FOLDER IMAGES BATCH MEAN DEVIATION

Reads FOLDER/images (NHWC float32, 0…1), writes FOLDER/features, prints milliseconds and peak memory.
"""

import json
import pathlib
import sys
import time

try:
    import numpy as np
    import torch
    import torch.nn.functional as F

    from memory import peak_kib
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

folder, images, batch = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
mean, deviation = float(sys.argv[4]), float(sys.argv[5])
root = pathlib.Path(__file__).resolve().parents[2]
model = (root / "packages/encoder-efficientnet-lite0/weights/efficientnet-lite0.onnx").read_bytes()


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data):
    """Numbers and contents of the fields of a protobuf message."""
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        else:
            size, at = varint(data, at) if tag & 7 == 2 else ({1: 8, 5: 4}[tag & 7], at)
            value, at = data[at : at + size], at + size
        yield tag >> 3, value


def signed(value):
    return value - 2**64 if value >= 2**63 else value


def integers(value):
    """Numbers of a repeated field, packed or one of many."""
    if isinstance(value, int):
        return [signed(value)]
    out, at = [], 0
    while at < len(value):
        number, at = varint(value, at)
        out.append(signed(number))
    return out


def array(data):
    """TensorProto: dims 1, data_type 2, name 8, raw_data 9."""
    dims, kind, name, raw = [], 0, "", b""
    for number, value in fields(data):
        if number == 1:
            dims += integers(value)
        elif number == 2:
            kind = value
        elif number == 8:
            name = value.decode()
        elif number == 9:
            raw = value
    return name, np.frombuffer(raw, {1: np.float32, 7: np.int64}[kind]).reshape(dims)


def attribute(data):
    """AttributeProto: name 1, i 3, t 5, ints 8."""
    name, value = "", []
    for number, content in fields(data):
        if number == 1:
            name = content.decode()
        elif number == 3:
            value = signed(content)
        elif number == 5:
            value = array(content)[1]
        elif number == 8:
            value = value + integers(content)
    return name, value


graph = next(value for number, value in fields(model) if number == 7)
known, nodes = {}, []
for number, value in fields(graph):
    if number == 5:
        name, values = array(value)
        known[name] = torch.from_numpy(values.copy())
    elif number == 1:
        parts = list(fields(value))
        texts = {key: [content.decode() for found, content in parts if found == key] for key in (1, 2, 4)}
        options = dict(attribute(content) for found, content in parts if found == 5)
        nodes.append((texts[4][0], texts[1], texts[2][0], options))

# What does not depend on the pictures (sizes of paddings) is computed once.
steps = []
for op, inputs, output, options in nodes:
    given = [known.get(name) for name in inputs]
    if op == "Constant":
        known[output] = torch.from_numpy(np.array(options["value"]))
    elif all(value is not None for value in given) and op != "Conv":
        a = [value.numpy() for value in given]
        if op == "ConstantOfShape":
            made = np.full(a[0], options["value"].item())
        elif op == "Concat":
            made = np.concatenate(a, options["axis"])
        elif op == "Reshape":
            made = a[0].reshape(a[1])
        elif op == "Slice":
            start, end, axis, step = (int(value.item()) for value in a[1:5])
            rest = slice(start, None if end < -(2**31) else end, step)
            made = a[0][tuple([slice(None)] * (axis % a[0].ndim) + [rest])]
        elif op == "Transpose":
            made = a[0].transpose(options["perm"])
        elif op == "Cast":
            made = a[0].astype(np.int64)
        else:
            raise ValueError(op)
        known[output] = torch.from_numpy(np.ascontiguousarray(made))
    else:
        steps.append((op, inputs, output, options))


def forward(x):
    values = {"image": x}
    for op, inputs, output, options in steps:
        a = [values[name] if name in values else known[name] for name in inputs]
        if op == "Conv":
            top, left, bottom, right = options["pads"]
            if (top, left) != (bottom, right):
                raise ValueError("padding of two kinds")
            bias = a[2] if len(a) > 2 else None
            y = F.conv2d(a[0], a[1], bias, options["strides"], (top, left), options["dilations"], options["group"])
        elif op == "Clip":
            y = a[0].clamp(0, 6)
        elif op == "Pad":
            top, left, bottom, right = (int(side) for side in (*a[1][2:4], *a[1][6:8]))
            y = F.pad(a[0], (left, right, top, bottom))
        elif op == "Add":
            y = a[0] + a[1]
        elif op == "GlobalAveragePool":
            y = a[0].mean((2, 3), keepdim=True)
        elif op == "Flatten":
            y = a[0].flatten(1)
        else:
            raise ValueError(op)
        values[output] = y
    return values["features"]


pictures = np.fromfile(folder / "images", np.float32).reshape(images, 224, 224, 3)


def features():
    found = []
    for start in range(0, images, batch):
        x = torch.from_numpy(pictures[start : start + batch])
        found.append(forward(((x - mean) / deviation).permute(0, 3, 1, 2).contiguous()))
    return torch.cat(found)


times = []
with torch.inference_mode():
    found = features()
    for threads in {1, torch.get_num_threads()}:
        torch.set_num_threads(threads)
        start = time.perf_counter()
        features()
        times.append(1000 * (time.perf_counter() - start))
found.numpy().astype(np.float32).tofile(folder / "features")
print(json.dumps({"ms": min(times), "peak_mb": round(peak_kib() / 1024)}))
