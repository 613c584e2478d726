"""What people run on embeddings: cluster.py ROWS.npy K. One JSON object on the last line: method to s, labels, peak_mb.

Each method is a process of its own, and its seconds are those of the whole: imports, reading, clustering.
"""

import json
import subprocess
import sys
import time

program = """
import json, sys, warnings
import numpy as np
from memory import peak_kib
warnings.filterwarnings("ignore")
method, path, k = sys.argv[1], sys.argv[2], int(sys.argv[3])
x = np.load(path).astype(np.float32)
from sklearn.cluster import KMeans
if method == "k-means and spectral clustering":
    from sklearn.cluster import SpectralClustering
    KMeans(k, n_init=10, random_state=0).fit_predict(x)
    unit = x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)
    made = SpectralClustering(k, affinity="nearest_neighbors", n_neighbors=15, assign_labels="cluster_qr", random_state=0, n_jobs=-1)
    labels = made.fit_predict(unit)
else:
    import umap
    layout = umap.UMAP(n_components=5, n_neighbors=15, min_dist=0, metric="cosine").fit_transform(x)
    labels = KMeans(k, n_init=10, random_state=0).fit_predict(layout)
print(json.dumps({"labels": np.unique(labels, return_inverse=True)[1].tolist(), "peak_mb": round(peak_kib() / 1024)}))
"""


def run(method):
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program, method, *sys.argv[1:3]], stdout=subprocess.PIPE, cwd=sys.path[0])
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{method} failed")
    return {"s": seconds, **json.loads(done.stdout)}


try:
    import sklearn
    import umap
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

methods = ["k-means and spectral clustering", "UMAP + k-means"]
print(json.dumps({method: run(method) for method in methods}))
