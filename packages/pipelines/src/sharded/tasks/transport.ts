import { DataError, quoted } from '@dc/core/plugin'
import { columnSums, planRows, type ShardOfCosts } from '@dc/ot-sinkhorn'
import { z } from 'zod'
import { type Folder, folderSchema, readNumbers, shardFile, shardRows, writeNpy } from '../folder'
import { graphRows, timesShards } from '../graph-rows'
import { packed, unpacked } from '../packed'
import { defineTask, type ShardContext } from '../runner'
import { rowsSchema } from './neighbours'

const shardSchema = z.strictObject({
  scores: folderSchema,
  shard: z.int().nonnegative(),
  /** How a score becomes a cost. */
  as: z.enum(['cost', 'log-probability', 'probability']),
  epsilon: z.number().positive(),
  rowMass: z.number().positive(),
  /** Where costs that were changed by neighbours are, in `linear-…` files; undefined for the costs as they are. */
  linear: z.string().min(1).optional(),
})

const costOf = {
  cost: (score: number) => score,
  'log-probability': (score: number) => -score,
  probability: (score: number) => -Math.log(score),
} as const

async function costsOf(scores: Folder, shard: number, as: keyof typeof costOf): Promise<ShardOfCosts> {
  const { values, columns } = await shardRows(scores, shard)
  const cost = Float64Array.from(values, costOf[as])
  const bad = cost.findIndex((value) => Number.isNaN(value) || value === Number.NEGATIVE_INFINITY)
  if (bad >= 0)
    throw new DataError(
      `Shard ${shard} of ${quoted(scores.folder)} holds ${values[bad]} at row ${Math.floor(bad / columns)}, column ${bad % columns}, which is no ${as}.`,
    )
  return { cost, columns, epsilon: 1, rowMass: 1 }
}

async function problemOf({ scores, shard, as, epsilon, rowMass, linear }: z.output<typeof shardSchema>) {
  const { cost, columns } = await costsOf(scores, shard, as)
  const changed =
    linear === undefined ? cost : ((await readNumbers(shardFile(linear, 'linear', shard))) as Float64Array)
  return { cost: changed, columns, epsilon, rowMass }
}

const psiOf = async ({ value }: ShardContext) => unpacked<'psi'>(await value('psi')).psi as Float64Array

/** A shard's column sums at given potentials. */
export const columns = defineTask({
  name: 'columns',
  args: shardSchema,
  run: async (args, context) => packed({ sums: columnSums(await problemOf(args), await psiOf(context)) }),
})

/** The plan's rows in a shard, each divided by its mass, in a file of their own. */
export const plan = defineTask({
  name: 'plan',
  args: shardSchema.extend({ out: z.string().min(1), what: z.enum(['targets', 'plan']) }),
  async run({ out, what, ...args }, context) {
    const problem = await problemOf(args)
    const found = planRows(problem, await psiOf(context))
    const shape = [found.length / problem.columns, problem.columns]
    // Targets are read by networks; of plans on the way every digit counts.
    await writeNpy(shardFile(out, what, args.shard), what === 'plan' ? found : Float32Array.from(found), shape)
    let mass = 0
    for (const share of found) mass += share
    return packed({ mass: Float64Array.of(mass) })
  },
})

/**
 * The costs of the next round of SP²OT in a shard, `C − λ(S + Sᵀ)Q`, in a file of their own; and what the shard adds to the
 * objective at Q, without the column sizes' part.
 *
 * @see Zhang, Ren, He 2024, SP²OT, arXiv 2404.03446, algorithm 1
 */
export const linearise = defineTask({
  name: 'linearise',
  args: shardSchema.extend({
    /** Where the graph's rows, and the plans of all shards, are. Without plans Q is ρ/(NK) everywhere. */
    graph: z.string().min(1),
    plans: z.string().min(1).nullable(),
    starts: rowsSchema,
    weight: z.number().nonnegative(),
    rho: z.number().positive().max(1),
    out: z.string().min(1),
  }),
  async run({ graph, plans, starts, weight, rho, out, ...args }) {
    const { scores, shard, as, epsilon, rowMass } = args
    const { cost, columns } = await costsOf(scores, shard, as)
    const uniform = new Float64Array(columns).fill(rho / columns)
    const rowsOf = async (other: number): Promise<ArrayLike<number>> => {
      if (plans !== null) return readNumbers(shardFile(plans, 'plan', other))
      const rows = starts[other + 1] - starts[other]
      return Float64Array.from({ length: rows * columns }, (_, at) => uniform[at % columns])
    }
    // The graph holds (S + Sᵀ)/2, the plans N Q.
    const near = await timesShards(await graphRows(graph, shard), starts, columns, rowsOf)
    const own = await rowsOf(shard)
    const linear = new Float64Array(cost.length)
    const sums = new Float64Array(columns)
    let objective = 0
    for (let at = 0; at < cost.length; ) {
      let given = 0
      for (let j = 0; j < columns; j++, at++) {
        const q = rowMass * own[at]
        const reward = 2 * weight * rowMass * near[at]
        linear[at] = cost[at] - reward
        if (q > 0) objective += q * (cost[at] - reward / 2) + epsilon * q * (Math.log(q) - 1)
        sums[j] += q
        given += q
      }
      const left = rowMass - given
      // The virtual cluster's entropy counts.
      if (rho < 1 && left > 0) objective += epsilon * left * (Math.log(left) - 1)
    }
    await writeNpy(shardFile(out, 'linear', shard), linear, [cost.length / columns, columns])
    return packed({ objective: Float64Array.of(objective), sums })
  },
})
