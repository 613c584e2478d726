"""Transport solvers to compare with. Usage: transport.py FOLDER THREADS REPEATS

FOLDER/jobs.json lists jobs; costs are raw float64 files beside it. For each job the column scalings found are written
to FOLDER/NAME.scaling (logarithms), so that the caller can measure every solution's error by the same yardstick. The
last line of output is a JSON object: job name to { ms, iterations }.
"""
import json
import os
import sys
import time

folder, threads, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
# Read when the libraries are loaded.
for variable in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'):
    os.environ[variable] = str(threads)

try:
    import numpy as np
    import ot
    import torch
except ImportError as error:
    print(f'{error}; bench/setup-peers installs it', file=sys.stderr)
    sys.exit(3)

torch.set_num_threads(threads)


def p2ot(cost, rho, epsilon, gamma, tolerance, most):
    """The scaling loop of P2OT as published (Zhang, Ren, He 2024), in float64, from costs to plan."""
    n, k = cost.shape
    kernel = torch.exp(-torch.cat([cost, torch.zeros(n, 1, dtype=cost.dtype)], 1) / epsilon)
    beta = torch.full((k + 1, 1), rho / k, dtype=cost.dtype)
    beta[k] = 1 - rho
    if rho == 1:
        kernel, beta = kernel[:, :k].contiguous(), beta[:k]
    power = gamma / (gamma + epsilon)
    b = torch.ones_like(beta) / len(beta)
    transposed = kernel.T
    for iteration in range(1, most + 1):
        a = (1 / n) / (kernel @ b)
        update = beta / (transposed @ a)
        update[:k] = update[:k] ** power
        change = torch.linalg.norm(update - b)
        b = update
        if change < tolerance:
            break
    plan = a * kernel * b.T
    return (n * plan[:, :k]), torch.log(b).ravel().numpy(), iteration


def pot(cost, epsilon, method, tolerance):
    n, m = cost.shape
    a, b = np.full(n, 1 / n), np.full(m, 1 / m)
    plan, log = ot.sinkhorn(a, b, cost, epsilon, method=method, stopThr=tolerance, numItermax=100_000, log=True)
    scaling = log['log_v'] if method == 'sinkhorn_log' else np.log(log['v'])
    return plan, np.ravel(scaling), log['niter']


results = {}
for job in json.load(open(os.path.join(folder, 'jobs.json'))):
    cost = np.fromfile(os.path.join(folder, job['cost'])).reshape(job['shape'])
    if job['solver'] == 'p2ot':
        tensor = torch.from_numpy(cost)
        run = lambda: p2ot(tensor, job['rho'], job['epsilon'], job['gamma'], job['tolerance'], job['most'])
    else:
        run = lambda: pot(cost, job['epsilon'], job['solver'], job['tolerance'])
    times = []
    while not times or (len(times) < repeats and sum(times) < 4):
        start = time.perf_counter()
        _, scaling, iterations = run()
        times.append(time.perf_counter() - start)
    scaling.astype(np.float64).tofile(os.path.join(folder, job['name'] + '.scaling'))
    results[job['name']] = {'ms': 1000 * sorted(times)[len(times) // 2], 'iterations': int(iterations)}
print(json.dumps(results))
