"""The targets of P²OT and SP²OT in PyTorch, from the formulas, solved as the published code does."""

import math

import torch

EPSILON = 0.1


def p2ot(cost, rho, start, gamma=1.0):
    """Plan of mass `rho` and the scaling to start the next call from: 1000 rounds, or a change of b below 1e-6."""
    n, k = cost.shape
    kernel = torch.exp(-torch.cat([cost, torch.zeros(n, 1, dtype=cost.dtype)], 1) / EPSILON)
    beta = torch.cat([torch.full((k,), rho / k, dtype=cost.dtype), torch.tensor([1 - rho], dtype=cost.dtype)])
    power = torch.full((k + 1,), gamma / (gamma + EPSILON), dtype=cost.dtype)
    power[k] = 1
    b = torch.ones(k + 1, dtype=cost.dtype) / (k + 1) if start is None else start
    for _ in range(1000):
        a = (1 / n) / (kernel @ b)
        next_b = (beta / (kernel.T @ a)) ** power
        change = torch.norm(next_b - b)
        b = next_b
        if change < 1e-6:
            break
    return (a[:, None] * kernel * b)[:, :k], b


def sp2ot(cost, rho, similarity, start, weight=1000.0, tolerance=1e-6):
    """The same with a reward for neighbours that agree; `similarity` is S + Sᵀ, dense or sparse."""
    n, k = cost.shape
    q = torch.full_like(cost, rho / (n * k))
    before = math.inf
    for _ in range(100):
        q, start = p2ot(cost - weight * (1 - rho) * (similarity @ q), rho, start)
        agree = (q * (similarity @ q)).sum() / 2
        sizes = q.sum(0)
        kl = (sizes * torch.log(sizes * k / rho) - sizes + rho / k).sum()
        entropy = (q * torch.log(q.clamp_min(1e-300))).sum()
        now = ((q * cost).sum() + kl + EPSILON * entropy - weight * (1 - rho) * agree).item()
        if abs(before - now) < tolerance:
            break
        before = now
    return q, start
