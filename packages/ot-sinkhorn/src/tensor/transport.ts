import { detach, OptionError, ShapeError, tf } from '@dc/core'
import { replaceForbidden, requireOpen } from './forbidden'

/** Which gradient a transport on tensors has; see {@link transport}. */
export type TransportGradient = 'detach' | 'envelope' | 'unrolled' | 'implicit'

/** Options of {@link transport}. */
export interface TensorTransportOptions {
  /** Weight ε > 0 of the entropy, in the units of the costs. */
  readonly epsilon: number
  /** Number of Sinkhorn rounds; 100 by default. There is no tolerance, because nothing is read back. */
  readonly rounds?: number
  /** Masses of the rows, `[n]`; 1/n each by default. */
  readonly rowMass?: tf.Tensor1D
  /** Masses of the columns, `[k]`, of the same total; 1/k each by default. */
  readonly columnMass?: tf.Tensor1D
  readonly grad?: TransportGradient
}

/** A plan and its value, as tensors. */
export type TensorTransport = {
  /** The plan. Its row sums are exact; its column sums are as good as the rounds make them. */
  readonly plan: tf.Tensor
  /** `⟨C, P⟩ + ε Σ P log P`, of shape `[...]`. */
  readonly value: tf.Tensor
}

// A mass of 0 has no logarithm. This mass moves nothing that float32 could represent.
const smallestMass = 1e-30
// The logarithm of a forbidden pair's mass. It is finite, because differences of infinities would be NaN.
const never = -1e30

/**
 * Balanced entropic transport in float32 on the tensor backend, in the log domain; leading axes are a batch.
 *
 *   min ⟨C, P⟩ + ε Σ P log P   subject to   P1 = rowMass,  Pᵀ1 = columnMass,  P ≥ 0
 *
 * What is differentiated, by `grad`:
 * - `'detach'`: nothing; the plan is a constant target.
 * - `'envelope'` (default): the gradient of the value with respect to the costs is the plan (Danskin's theorem, exact at
 *   convergence); the plan is a constant. The cheapest way to train through the value.
 * - `'unrolled'`: plan and value by autodiff through all rounds; memory grows with the rounds.
 * - `'implicit'`: the plan by the implicit function theorem at the fixed point, the value as in `'envelope'`; memory
 *   does not grow.
 *
 * @param cost `[..., n, k]`; `Infinity` forbids a pair, which gets no mass and the gradient 0
 * @returns plan and value; NaN where a row or column with mass has nothing but forbidden pairs, or a cost is NaN
 * @throws DataError instead of NaN on the backends `cpu` and `wasm`, where looking costs no wait
 * @throws ShapeError if `cost` has fewer than two axes or an empty one, or masses do not fit it
 * @throws OptionError for ε ≤ 0, rounds < 1 or an unknown `grad`
 * @see Genevay, Dulac-Arnold, Vert 2019 (envelope); Cuturi, Teboul, Niles-Weed, Vert 2020 (implicit)
 * @example
 * const { value } = transport(squaredDistances(embedding, centroids), { epsilon: 0.05 })
 */
export function transport(cost: tf.Tensor, options: TensorTransportOptions): TensorTransport {
  const { epsilon, rounds = 100, grad = 'envelope', rowMass, columnMass } = options
  check(cost, options)
  requireOpen(cost, { name: 'cost', sign: 1, rowMass, columnMass })
  if (grad === 'unrolled') return tf.tidy(() => fromRounds(logKernelOf(cost, epsilon), options))
  return tf.tidy(() => {
    if (grad === 'implicit') {
      const plan = implicitPlan(cost, options, rounds)
      return {
        plan,
        value: envelopeValue(
          cost,
          detach(plan, (p) => p.clone()),
          epsilon,
        ),
      }
    }
    const plan = detach(cost, (c) => tf.tidy(() => planOf(c, options)))
    if (grad === 'detach') return { plan, value: detach(cost, (c) => envelopeValue(c, plan, epsilon)) }
    return { plan, value: envelopeValue(cost, plan, epsilon) }
  })
}

/** ⟨C, P⟩ + ε Σ P log P with P constant: its gradient with respect to C is P. */
function envelopeValue(cost: tf.Tensor, plan: tf.Tensor, epsilon: number): tf.Tensor {
  return tf.tidy(() => {
    const entropy = plan.mul(plan.maximum(smallestMass).log()).mul(epsilon)
    // A forbidden pair is empty: 0 · ∞ does not count.
    return replaceForbidden(cost, 0).mul(plan).add(entropy).sum([-2, -1])
  })
}

interface LogScalings {
  readonly rows: tf.Tensor
  readonly columns: tf.Tensor
}

/** −C/ε, very small at forbidden pairs, which get no gradient. */
const logKernelOf = (cost: tf.Tensor, epsilon: number): tf.Tensor =>
  tf.tidy(() => replaceForbidden(cost, -never * epsilon).div(-epsilon))

/** Logarithms of masses. A shut row or column stays empty if it has no mass; with mass it makes all entries NaN. */
function logMasses(mass: tf.Tensor, logKernel: tf.Tensor, axis: number): tf.Tensor {
  return detach(logKernel, (kernel) =>
    tf.tidy(() => {
      const shut = kernel.max(axis, true).lessEqual(never / 2)
      // Twice `never`, because the potential of a shut row is this minus `never`.
      const empty = tf.where(mass.greater(0), tf.fill(mass.shape, Number.NaN), tf.fill(mass.shape, 2 * never))
      return tf.where(shut, empty, mass.maximum(smallestMass).log())
    }),
  )
}

function solveRounds(logKernel: tf.Tensor, { rounds = 100, rowMass, columnMass }: TensorTransportOptions): LogScalings {
  const [n, k] = logKernel.shape.slice(-2)
  const axis = logKernel.rank - 1
  const logRows = logMasses((rowMass ?? tf.fill([n], 1 / n)).reshape([n, 1]), logKernel, axis)
  const logColumns = logMasses((columnMass ?? tf.fill([k], 1 / k)).reshape([1, k]), logKernel, axis - 1)
  let rows: tf.Tensor = tf.zerosLike(logRows)
  let columns: tf.Tensor = logColumns
  for (let round = 0; round < rounds; round++) {
    columns = logColumns.sub(logKernel.add(rows).logSumExp(axis - 1, true))
    rows = logRows.sub(logKernel.add(columns).logSumExp(axis, true))
  }
  return { rows, columns }
}

function planOf(cost: tf.Tensor, options: TensorTransportOptions): tf.Tensor {
  const logKernel = logKernelOf(cost, options.epsilon)
  const { rows, columns } = solveRounds(logKernel, options)
  return logKernel.add(rows).add(columns).exp()
}

function fromRounds(logKernel: tf.Tensor, options: TensorTransportOptions): TensorTransport {
  const { rows, columns } = solveRounds(logKernel, options)
  const plan = logKernel.add(rows).add(columns).exp()
  // C + ε log P = ε (u + v)
  const value = plan.mul(rows.add(columns)).mul(options.epsilon).sum([-2, -1])
  return { plan, value }
}

/**
 * The plan with the gradient of the implicit function theorem. With W = P∘G for the upstream gradient G, the adjoint
 * potentials solve  [diag(P1) P; Pᵀ diag(Pᵀ1)] [α; β] = [W1; Wᵀ1],  and the gradient is  (P∘(α ⊕ β) − W) / ε.
 */
function implicitPlan(cost: tf.Tensor, options: TensorTransportOptions, rounds: number): tf.Tensor {
  const { epsilon } = options
  const solved = tf.customGrad((c: tf.Tensor | tf.GradSaveFunc, save?: tf.Tensor | tf.GradSaveFunc) => {
    const value = tf.tidy(() => planOf(c as tf.Tensor, options))
    ;(save as tf.GradSaveFunc)([value])
    return {
      value,
      gradFunc: (upstream: tf.Tensor, [plan]: tf.Tensor[]) => implicitGradient(plan, upstream, epsilon, rounds),
    }
  })
  return solved(cost)
}

function implicitGradient(plan: tf.Tensor, upstream: tf.Tensor, epsilon: number, rounds: number): tf.Tensor {
  return tf.tidy(() => {
    const weighted = plan.mul(upstream)
    const [rowSums, columnSums] = [plan.sum(-1, true), plan.sum(-2, true)].map((s) => s.maximum(smallestMass))
    const [rowSide, columnSide] = [weighted.sum(-1, true), weighted.sum(-2, true)]
    // Block Gauss–Seidel on the system is linearised Sinkhorn: it converges as fast as the rounds did.
    let alpha: tf.Tensor = tf.zerosLike(rowSums)
    let beta: tf.Tensor = tf.zerosLike(columnSums)
    for (let round = 0; round < rounds; round++) {
      beta = columnSide.sub(plan.mul(alpha).sum(-2, true)).div(columnSums)
      alpha = rowSide.sub(plan.mul(beta).sum(-1, true)).div(rowSums)
    }
    return plan.mul(alpha.add(beta)).sub(weighted).div(epsilon)
  })
}

function check(
  cost: tf.Tensor,
  { epsilon, rounds = 1, rowMass, columnMass, grad = 'envelope' }: TensorTransportOptions,
) {
  if (cost.rank < 2 || cost.size === 0)
    throw new ShapeError('cost', cost.shape, '[..., n, k] with at least one row and one column')
  const [n, k] = cost.shape.slice(-2)
  if (rowMass && (rowMass.rank !== 1 || rowMass.size !== n)) throw new ShapeError('rowMass', rowMass.shape, `[${n}]`)
  if (columnMass && (columnMass.rank !== 1 || columnMass.size !== k))
    throw new ShapeError('columnMass', columnMass.shape, `[${k}]`)
  if (!(epsilon > 0) || epsilon === Infinity) throw new OptionError('epsilon', epsilon, 'a finite number above 0')
  if (!Number.isInteger(rounds) || rounds < 1) throw new OptionError('rounds', rounds, 'an integer from 1')
  if (!['detach', 'envelope', 'unrolled', 'implicit'].includes(grad))
    throw new OptionError('grad', grad, "'detach', 'envelope', 'unrolled' or 'implicit'")
}
