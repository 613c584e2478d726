"""scikit-learn on Fashion-MNIST: spectral.py DIR kmeans|knn|spectral QUICK. One JSON object on the last line."""

import gzip
import json
import sys
import time

try:
    import numpy as np
    from sklearn.cluster import KMeans, SpectralClustering
    from sklearn.metrics import normalized_mutual_info_score
    from sklearn.neighbors import kneighbors_graph
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)


def read_idx(path):
    with gzip.open(path) as file:
        data = file.read()
    dims = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(data[3])]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(dims)


def load(folder, split):
    images = read_idx(f"{folder}/{split}-images-idx3-ubyte.gz")
    labels = read_idx(f"{folder}/{split}-labels-idx1-ubyte.gz")
    return (images.reshape(len(images), -1) / np.float32(255)).astype(np.float32), labels


def timed(run):
    """Every result, and the median time, over the same seeds as ours."""
    times, results = [], []
    for seed in range(5):
        start = time.perf_counter()
        results.append(run(seed))
        times.append(1000 * (time.perf_counter() - start))
    return results, sorted(times)[2]


def kmeans(folder, quick):
    x, _ = load(folder, "train")
    x = x[:5000] if quick else x
    fits, ms = timed(lambda seed: KMeans(10, n_init=1, random_state=seed).fit(x))
    inertia = float(np.mean([fit.inertia_ for fit in fits]))
    return {"ms": ms, "inertia": inertia, "iterations": float(np.mean([fit.n_iter_ for fit in fits]))}


def knn(folder, quick):
    x, _ = load(folder, "t10k")
    x = x[:2000] if quick else x
    graphs, ms = timed(lambda seed: kneighbors_graph(x, 10, mode="distance"))
    return {"ms": ms, "sum": float(graphs[0].sum())}


def spectral(folder, quick):
    x, y = load(folder, "t10k")
    x, y = (x[:2000], y[:2000]) if quick else (x, y)

    def fit(seed):
        model = SpectralClustering(
            10, affinity="nearest_neighbors", n_neighbors=10, assign_labels="cluster_qr", random_state=seed
        )
        return normalized_mutual_info_score(y, model.fit_predict(x))

    scores, ms = timed(fit)
    return {"ms": ms, "nmi": float(np.mean(scores))}


if __name__ == "__main__":
    folder, what, quick = sys.argv[1], sys.argv[2], sys.argv[3] == "1"
    print(json.dumps({"kmeans": kmeans, "knn": knn, "spectral": spectral}[what](folder, quick)))
