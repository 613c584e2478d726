"""leidenalg on a graph: leiden.py GRAPH.json. Prints one JSON object on the last line.

GRAPH.json: {"n": 3, "from": [0, 1], "to": [1, 2], "weights": [1, 1], "seeds": 5, "iterations": 10,
"cases": [{"quality": "modularity", "resolution": 1}]}. Every edge once; a self-loop has the same node twice.
"""

import json
import sys
import time

try:
    import igraph
    import leidenalg
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

partitions = {"modularity": leidenalg.RBConfigurationVertexPartition, "cpm": leidenalg.CPMVertexPartition}


def run(graph, case, seed, iterations):
    start = time.perf_counter()
    found = leidenalg.find_partition(
        graph,
        partitions[case["quality"]],
        weights="weight",
        n_iterations=iterations,
        seed=seed,
        resolution_parameter=case["resolution"],
    )
    ms = 1000 * (time.perf_counter() - start)
    # leidenalg's quality of undirected graphs is doubled, and modularity's is not divided by the weight of the graph.
    unit = 2 * sum(graph.es["weight"]) if case["quality"] == "modularity" else 2
    return {"ms": ms, "k": len(found), "quality": found.quality() / unit, "labels": found.membership}


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        given = json.load(file)
    graph = igraph.Graph(n=given["n"], edges=list(zip(given["from"], given["to"])))
    graph.es["weight"] = given["weights"]
    runs = [
        {**case, "runs": [run(graph, case, seed, given["iterations"]) for seed in range(given["seeds"])]}
        for case in given["cases"]
    ]
    print(json.dumps({"version": leidenalg.version, "cases": runs}))
