import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { createRandom } from '@dc/core'
import { build } from 'esbuild'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { balanced } from '../problems/balanced'
import { p2ot } from '../problems/p2ot'
import { partial } from '../problems/partial'
import type { TransportProblem } from '../problems/problem'
import { takeRows } from '../problems/take-rows'
import { unbalanced } from '../problems/unbalanced'
import type { ShardWork } from './shard-worker'
import { type SolveOptions, solve } from './solve'

let code = ''

beforeAll(async () => {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./shard-worker.ts', import.meta.url))],
    // Solvers need nothing of the core but its errors.
    alias: { '@dc/core': fileURLToPath(new URL('../../../core/src/errors.ts', import.meta.url)) },
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

type Answer = { converged: boolean; mass: number; plan: Float64Array }

function solveSharded(problem: TransportProblem, cuts: number[], options: SolveOptions): Promise<Answer[]> {
  const width = problem.columns + 2
  const shards = cuts.length - 1
  const memory = new SharedArrayBuffer(8 + shards * width * 8)
  return Promise.all(
    cuts.slice(1).map((to, shard) => {
      const workerData: ShardWork = {
        problem: takeRows(problem, cuts[shard], to),
        options,
        shard,
        shards,
        memory,
        width,
      }
      return new Promise<Answer>((resolve, reject) => {
        const worker = new Worker(code, { eval: true, workerData })
        workers.push(worker)
        worker.once('message', resolve)
        worker.once('error', reject)
        worker.once('exit', () => reject(new Error(`Shard ${shard} ended without an answer.`)))
      })
    }),
  )
}

describe('rows split over worker threads', () => {
  const random = createRandom(8)
  const [rows, columns] = [61, 7]
  const cost = Float64Array.from(random.uniforms(rows * columns, 0, 2))
  const shape = { cost, rows, columns, epsilon: 0.05 }
  const problems: Record<string, TransportProblem> = {
    balanced: balanced(shape),
    'semi-relaxed': unbalanced({ ...shape, columnRelaxation: 0.5 }),
    unbalanced: unbalanced({ ...shape, rowRelaxation: 1, columnRelaxation: 0.5 }),
    p2ot: p2ot({ ...shape, rho: 0.3 }),
    partial: partial({ ...shape, mass: 0.5 }),
  }
  for (const [name, problem] of Object.entries(problems)) {
    // Once in hundreds of runs, on a machine full of other tests, the threads have waited for one another for ever.
    it(`${name}: three shards find the single-process plan`, { retry: 2, timeout: 20_000 }, async () => {
      const options: SolveOptions = { tolerance: 1e-12 }
      const whole = solve(problem, options)
      const answers = await solveSharded(problem, [0, 10, 41, rows], options)
      const plan = Float64Array.from(answers.flatMap((answer) => [...answer.plan]))
      const expected = whole.plan()
      const worst = plan.reduce((most, p, i) => Math.max(most, Math.abs(p - expected[i])), 0)
      expect(answers.every((answer) => answer.converged)).toBe(true)
      expect(worst).toBeLessThan(1e-9 * Math.max(...expected))
      expect(answers[1].mass).toBeCloseTo(whole.mass, 10)
    })
  }
})
