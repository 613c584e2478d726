"""scikit-learn's scores of the labels and features in FOLDER: milliseconds and value of each.

python bench/peers/metrics.py FOLDER WIDTH
"""

import json
import pathlib
import sys
import time

try:
    import numpy as np
    from sklearn import metrics
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

folder, width = pathlib.Path(sys.argv[1]), int(sys.argv[2])
truth, found, group = (np.fromfile(folder / name, np.int32) for name in ("truth", "found", "group"))
features = np.fromfile(folder / "features", np.float32).astype(np.float64).reshape(-1, width)


def measure(score, *data, repeats=5):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        value = score(*data)
        times.append(1000 * (time.perf_counter() - start))
    return {"ms": float(np.median(times)), "value": float(value)}


print(
    json.dumps(
        {
            "ami": measure(metrics.adjusted_mutual_info_score, truth, found, repeats=3),
            "nmi": measure(metrics.normalized_mutual_info_score, truth, found),
            "ari": measure(metrics.adjusted_rand_score, truth, found),
            "silhouette": measure(metrics.silhouette_score, features, group, repeats=3),
        }
    )
)
