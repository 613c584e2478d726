import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { createRandom } from '@dc/core/plugin'
import { build } from 'esbuild'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { balanced } from '../problems/balanced'
import { p2ot } from '../problems/p2ot'
import { partial } from '../problems/partial'
import type { TransportProblem } from '../problems/problem'
import { takeRows } from '../problems/take-rows'
import { unbalanced } from '../problems/unbalanced'
import type { ShardAnswer, ShardJobs } from './shard-worker'
import { type SolveOptions, solve } from './solve'

let code = ''

beforeAll(async () => {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./shard-worker.ts', import.meta.url))],
    tsconfig: fileURLToPath(new URL('../../../../tsconfig.json', import.meta.url)),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
  })
  code = bundle.outputFiles[0].text
})

const workers: Worker[] = []
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.terminate()
})

/** A problem, and where its rows are cut. */
interface Cut {
  readonly problem: TransportProblem
  readonly cuts: readonly number[]
  readonly options?: SolveOptions
}

/** Solves several cut problems, with as many shards each; gives the answers by problem and shard. */
async function solveSharded(all: readonly Cut[]): Promise<ShardAnswer[][]> {
  const shards = all[0].cuts.length - 1
  const width = 3 + all.reduce((most, { problem }) => Math.max(most, problem.columns), 0)
  const memory = new SharedArrayBuffer(8 + shards * width * 8)
  const byShard = await Promise.all(
    Array.from({ length: shards }, (_, shard) => {
      const works = all.map(({ problem, cuts, options = {} }) => {
        const [from, to] = [cuts[shard], cuts[shard + 1]]
        // Its own costs, so that not all of them are copied to every thread.
        const part = takeRows(problem, from, to)
        return { problem: { ...part, cost: part.cost.slice() }, options }
      })
      const workerData: ShardJobs = { works, shard, shards, memory, width }
      return new Promise<ShardAnswer[]>((resolve, reject) => {
        const worker = new Worker(code, { eval: true, execArgv: [], workerData })
        workers.push(worker)
        worker.once('message', resolve)
        worker.once('error', reject)
        worker.once('exit', () => reject(new Error(`Shard ${shard} ended without an answer.`)))
      })
    }),
  )
  return all.map((_, index) => byShard.map((answers) => answers[index]))
}

function expectWhole({ problem, options }: Cut, answers: readonly ShardAnswer[], note: string) {
  const whole = solve(problem, options)
  const expected = whole.plan()
  let from = 0
  let worst = 0
  for (const { plan } of answers) {
    for (let i = 0; i < plan.length; i++) worst = Math.max(worst, Math.abs(plan[i] - expected[from + i]))
    from += plan.length
  }
  const largest = expected.reduce((most, p) => Math.max(most, p), 0)
  expect([note, from, whole.converged]).toEqual([note, expected.length, true])
  expect([note, ...answers.map(({ converged }) => converged)]).toEqual([note, ...answers.map(() => true)])
  expect(worst / largest, note).toBeLessThan(1e-8)
  for (const { mass } of answers) expect(mass).toBeCloseTo(whole.mass, 9)
}

describe('rows split over worker threads', () => {
  const random = createRandom(8)
  const kinds: Record<string, (shape: Parameters<typeof balanced>[0]) => TransportProblem> = {
    balanced,
    'semi-relaxed': (shape) => unbalanced({ ...shape, columnRelaxation: 0.5 }),
    unbalanced: (shape) => unbalanced({ ...shape, rowRelaxation: 1, columnRelaxation: 0.5 }),
    'relaxed rows': (shape) => unbalanced({ ...shape, rowRelaxation: 1e-4 }),
    p2ot: (shape) => p2ot({ ...shape, rho: 0.3 }),
    partial: (shape) => partial({ ...shape, mass: 0.5 }),
  }
  for (const [name, make] of Object.entries(kinds))
    it(`${name}: any cut finds the single-process plan`, async () => {
      const [rows, columns] = [19, 5]
      const cost = Float64Array.from(random.uniforms(rows * columns, 0, 2))
      const options = { tolerance: 1e-11 }
      // Large and small ε, costs far from 0 that want a base, forbidden pairs: every way of the solvers.
      const problems = [
        make({ cost, rows, columns, epsilon: 0.05 }),
        make({ cost, rows, columns, epsilon: 0.003 }),
        make({ cost: cost.map((c) => c - (name === 'unbalanced' ? 0 : 1000)), rows, columns, epsilon: 0.1 }),
        make({ cost: cost.map((c, at) => (at % 7 === 3 ? Infinity : c)), rows, columns, epsilon: 0.02 }),
      ]
      const all = problems.flatMap((problem) =>
        Array.from({ length: rows - 1 }, (_, at) => ({ problem, cuts: [0, at + 1, rows], options })),
      )
      const answers = await solveSharded(all)
      for (const [index, cut] of all.entries()) expectWhole(cut, answers[index], `cut ${index}`)
    })

  it('shards of very different sizes: 10 and 190 rows, 1 and 198 and 1', async () => {
    const [rows, columns] = [200, 20]
    const all = Array.from({ length: 6 }, (_, seed) => {
      const cost = Float64Array.from(createRandom(seed).uniforms(rows * columns))
      return { problem: balanced({ cost, rows, columns, epsilon: 0.02 }), cuts: [0, 10, rows] }
    })
    for (const [index, answers] of (await solveSharded(all)).entries())
      expectWhole(all[index], answers, `seed ${index}`)
    const three = [{ problem: all[0].problem, cuts: [0, 1, rows - 1, rows] }]
    expectWhole(three[0], (await solveSharded(three))[0], 'three')
  })

  it('three shards, solved many times', async () => {
    const [rows, columns] = [61, 7]
    const cost = Float64Array.from(random.uniforms(rows * columns, 0, 2))
    const all = Array.from({ length: 60 }, (_, index) => ({
      problem: Object.values(kinds)[index % 6]({ cost, rows, columns, epsilon: 0.05 }),
      cuts: [0, 10, 41, rows],
      options: { tolerance: 1e-11 },
    }))
    for (const [index, answers] of (await solveSharded(all)).entries())
      expectWhole(all[index], answers, `time ${index}`)
  })
})
