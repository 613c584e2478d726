import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { removeUnfinished } from '@dc/core/cache'
import { OptionError } from '@dc/core/plugin'
import { type ColumnsWanted, solveColumns } from '@dc/ot-sinkhorn'
import type { OpenFolder } from './folder'
import { addedInOrder } from './in-order'
import { startsOf } from './neighbours'
import { packed } from './packed'
import type { ShardCall, ShardRunner } from './runner'

/** Which targets are made of scores, and where they go. */
export interface ShardedTargetsOptions {
  readonly method: 'balanced' | 'p2ot' | 'sp2ot'
  /** What the scores in the shards are. Default `log-probability`: costs are their negatives. */
  readonly as?: 'cost' | 'log-probability' | 'probability'
  /** A folder that all who work see. */
  readonly out: string
  /** Weight of the entropy. Default 0.1. */
  readonly epsilon?: number
  /** Expected relative sizes of the clusters; equal by default. */
  readonly prior?: readonly number[]
  /** Share of the mass that is given to clusters, in (0, 1]. Of P²OT and SP²OT. */
  readonly rho?: number
  /** KL weight of the sizes. Default 1. Of P²OT and SP²OT. */
  readonly gamma?: number
  /** Weight λ₁ of neighbours. Default `1000 (1 − ρ)`. Of SP²OT. */
  readonly weight?: number
  /** Folder of the graph of neighbours, as `shardedGraph` writes it; S is the directed graph of neighbours with weights 1. Of SP²OT. */
  readonly graph?: string
  /** Allowed error of the columns. Default 1e-9. */
  readonly tolerance?: number
  /** Most rounds of SP²OT; 100 as published. */
  readonly outerRounds?: number
  /** SP²OT ends once its objective changes by less; 1e-6 as published. */
  readonly outerTolerance?: number
  /** Potentials in units of ε to start from. */
  readonly start?: Float64Array
  readonly onRound?: (round: number, error: number) => void
}

/** How targets were found. */
export interface ShardedTargets {
  /** Column potentials in units of ε, to start a similar problem from. */
  readonly psi: Float64Array
  readonly converged: boolean
  /** Column sums that were asked for, each once over all rows. */
  readonly passes: number
  /** Of SP²OT: its objective at the start of each round. */
  readonly history: readonly number[]
}

/**
 * Targets of all rows of a folder of scores `[n, K]`, by balanced transport, P²OT or SP²OT over all rows at once. Each pass needs
 * K column sums from each shard; each problem starts from the potentials of the one before. Of each shard there is a file
 * `targets-…`, `[rows, K]` float32, whose rows sum to 1, or to the share that is given to clusters.
 *
 * @throws OptionError for options outside their ranges
 * @see `balanced`, `p2ot` and `solveSemantic` of `@dc/ot-sinkhorn`, whose plans these are
 * @example
 * await shardedTargets(inThisProcess(), await openFolder('scores'), { method: 'balanced', out: 'targets' })
 */
export async function shardedTargets(
  runner: ShardRunner,
  scores: OpenFolder,
  options: ShardedTargetsOptions,
): Promise<ShardedTargets> {
  const { method, as = 'log-probability', out, epsilon = 0.1, tolerance = 1e-9 } = options
  const wanted = wantedBy(options, scores.width, epsilon)
  const { folder, identity } = scores
  const about = { scores: { folder, identity }, as, epsilon, rowMass: 1 / scores.data.size }
  const calls = (task: string, more: object, values?: ShardCall['values']) =>
    scores.rows.map((_, shard) => ({ task, args: { ...about, ...more, shard }, ...(values && { values }) }))
  let passes = 0
  const solve = (start: Float64Array | undefined, linear?: string) =>
    solveColumns(
      wanted,
      async (psi) => {
        passes++
        const { sums } = await addedInOrder(
          runner,
          calls('columns', { ...(linear !== undefined && { linear }) }, { psi: packed({ psi }) }),
          ['sums'],
        )
        return sums
      },
      { tolerance, ...(start && { start }) },
    )
  const write = (psi: Float64Array, more: object) =>
    addedInOrder(runner, calls('plan', more, { psi: packed({ psi }) }), ['mass'])

  if (method !== 'sp2ot') {
    const found = await solve(options.start)
    options.onRound?.(1, found.error)
    await write(found.psi, { out, what: 'targets' })
    await removeUnfinished(out)
    return { psi: found.psi, converged: found.converged, passes, history: [] }
  }
  const { rho = 1, gamma = 1, graph, weight = 1000 * (1 - rho), outerRounds = 100, outerTolerance = 1e-6 } = options
  if (graph === undefined) throw new OptionError('graph', graph, 'the folder of a graph of neighbours')
  const starts = startsOf(scores)
  const work = join(out, 'work')
  const history: number[] = []
  let psi = options.start
  let plans: string | null = null
  let [converged, inner] = [false, true]
  await mkdir(work, { recursive: true })
  try {
    for (let round = 1; round <= outerRounds; round++) {
      const place = join(work, `round-${round}`)
      await mkdir(place, { recursive: true })
      const about = { graph, plans, starts, weight, rho, out: place }
      const at = await addedInOrder(runner, calls('linearise', about), ['objective', 'sums'])
      history.push(at.objective[0] + gamma * divergence(at.sums, wanted.mass))
      const change = Math.abs(history[round - 1] - (history[round - 2] ?? Number.NaN))
      // That of the plan of the round before, at which it settled.
      converged = round > 2 && change < outerTolerance
      if (converged) break
      const found = await solve(psi, place)
      psi = found.psi
      inner &&= found.converged
      options.onRound?.(round, found.error)
      await write(psi, { linear: place, out: place, what: 'plan' })
      await write(psi, { linear: place, out, what: 'targets' })
      if (plans !== null) await rm(plans, { recursive: true, force: true })
      plans = place
    }
  } finally {
    await rm(work, { recursive: true, force: true })
    await removeUnfinished(out)
  }
  return { psi: psi!, converged: converged && inner, passes, history }
}

function wantedBy(options: ShardedTargetsOptions, columns: number, epsilon: number): ColumnsWanted {
  const { method, rho = 1, gamma = 1, prior = new Array<number>(columns).fill(1) } = options
  if (!(epsilon > 0 && epsilon < Infinity)) throw new OptionError('epsilon', epsilon, 'a finite number above 0')
  if (prior.length !== columns || !prior.every((size) => size > 0 && size < Infinity))
    throw new OptionError('prior', prior.slice(0, 8), `${columns} sizes above 0, as many as the scores have columns`)
  const total = prior.reduce((sum, size) => sum + size, 0)
  if (method === 'balanced') return { mass: Float64Array.from(prior, (size) => size / total), relaxation: Infinity }
  if (!(rho > 0 && rho <= 1)) throw new OptionError('rho', rho, 'a share above 0 and at most 1')
  if (!(gamma > 0)) throw new OptionError('gamma', gamma, 'a number above 0, or Infinity')
  return {
    mass: Float64Array.from(prior, (size) => (rho * size) / total),
    relaxation: gamma / epsilon,
    ...(rho < 1 && { virtual: 1 - rho }),
  }
}

/** KL(sums ‖ mass) = Σ x log(x/y) − x + y. */
function divergence(sums: Float64Array, mass: Float64Array): number {
  return sums.reduce((total, x, j) => total + (x > 0 ? x * Math.log(x / mass[j]) : 0) - x + mass[j], 0)
}
