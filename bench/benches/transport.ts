// Entropic transport from costs to plan: P²OT against the published loop in PyTorch float64, balanced against POT.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom, type SparseRows } from '@dc/core'
import { balanced, p2ot, solve, solveSemantic, sp2ot, type TransportProblem } from '@dc/ot-sinkhorn'
import { type BenchContext, type BenchResult, compare, defineBench, measure, runPeer } from '../frame.ts'

interface Case {
  readonly name: string
  readonly problem: TransportProblem
  readonly tolerance: number
  /** What peers are to run: their name in the report, and the settings of bench/peers/transport.py. */
  readonly peers: readonly { name: string; settings: Record<string, unknown> }[]
}

type Answers = Record<string, { ms: number; iterations: number }>

export default defineBench({
  name: 'transport',
  description: 'P²OT against the published loop (PyTorch float64), balanced transport against POT',
  async run(context) {
    const cases = [...p2otCases(context), ...balancedCases(context)].filter(({ name }) => context.wants(name))
    const folder = mkdtempSync(join(tmpdir(), 'transport-'))
    try {
      const answers = await runPeers(context, cases, folder)
      const results: BenchResult[] = []
      for (const each of cases) results.push(await runCase(context, each, answers, folder))
      return [...results, ...semanticCase(context)]
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
})

function p2otCases({ quick }: BenchContext): Case[] {
  const [epsilon, gamma] = [0.1, 1]
  const rows = quick ? 512 : 5120
  return (quick ? [20] : [100, 1000]).flatMap((columns) => {
    const cost = predictionCosts(rows, columns)
    return [0.1, 0.5, 1].map((rho) => ({
      name: `P²OT ${rows}×${columns}, ρ = ${rho}`,
      problem: p2ot({ cost, rows, columns, rho, epsilon, gamma }),
      // Relative to ρ, and near what rounding leaves.
      tolerance: 1e-12,
      peers: [
        // The released code stops here: 1000 iterations, or a change of b below 1e-6.
        { name: 'published loop', settings: { solver: 'p2ot', rho, epsilon, gamma, tolerance: 1e-6, most: 1000 } },
        { name: 'run to 1e-9', settings: { solver: 'p2ot', rho, epsilon, gamma, tolerance: 1e-9, most: 100_000 } },
      ],
    }))
  })
}

function balancedCases({ quick }: BenchContext): Case[] {
  const size = quick ? 200 : 2000
  const cost = uniformCosts(size)
  return [0.1, 0.01].map((epsilon) => ({
    name: `balanced ${size}×${size}, ε = ${epsilon}`,
    problem: balanced({ cost, rows: size, columns: size, epsilon }),
    tolerance: 1e-6,
    peers: ['sinkhorn', 'sinkhorn_log'].map((solver) => ({
      name: solver === 'sinkhorn' ? 'POT kernel' : 'POT log',
      settings: { solver, epsilon, tolerance: 1e-6 },
    })),
  }))
}

/** SP²OT at a size whose similarity could not be held dense: time and memory, without a peer. */
function semanticCase({ quick, log, wants }: BenchContext): BenchResult[] {
  const [rows, columns, neighbours, rho] = [quick ? 2000 : 100_000, quick ? 20 : 100, 20, 0.5]
  const name = `SP²OT ${rows}×${columns}, ${neighbours} neighbours, ρ = ${rho}`
  if (!wants(name)) return []
  const random = createRandom(7)
  const count = rows * neighbours
  const similarity: SparseRows = {
    rows,
    columns: rows,
    offsets: Int32Array.from({ length: rows + 1 }, (_, i) => neighbours * i),
    indices: Int32Array.from({ length: count }, () => random.integer(rows)),
    values: Float64Array.from({ length: count }, () => random.uniform()),
  }
  const problem = sp2ot({ cost: predictionCosts(rows, columns), rows, columns, rho, similarity })
  const start = performance.now()
  const result = solveSemantic(problem, { threads: 2 })
  const ms = performance.now() - start
  const memory = `${(process.memoryUsage().rss / 2 ** 30).toFixed(2)} GiB`
  log(`${name}: ${ms.toFixed(0)} ms`)
  const quality = { rounds: result.iterations, converged: result.converged, 'resident memory': memory }
  return [compare(name, ms, {}, { quality, note: 'ours: 2 threads, once; no peer' })]
}

/** −log softmax of normal logits with unequal class means: what an imbalanced data set's predictions look like. */
function predictionCosts(rows: number, columns: number): Float64Array {
  const random = createRandom(5)
  const means = random.normals(columns, 0, 0.5)
  const cost = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    const logits = random.normals(columns, 0, 2).map((x, j) => x + means[j])
    let total = 0
    for (const logit of logits) total += Math.exp(logit)
    for (let j = 0; j < columns; j++) cost[i * columns + j] = Math.log(total) - logits[j]
  }
  return cost
}

/** Independent uniform costs. */
function uniformCosts(size: number): Float64Array {
  return Float64Array.from(createRandom(6).uniforms(size * size))
}

/** All peers in one or two threads, one process each. */
async function runPeers(context: BenchContext, cases: readonly Case[], folder: string) {
  const files = new Map<ArrayBufferView, string>()
  const jobs = cases.flatMap(({ name, problem, peers }) => {
    const { cost, rows, columns } = problem
    const file = files.get(cost) ?? `cost${files.size}.f64`
    if (!files.has(cost)) writeFileSync(join(folder, file), cost)
    files.set(cost, file)
    return peers.map((peer) => ({
      name: jobName(name, peer.name),
      cost: file,
      shape: [rows, columns],
      ...peer.settings,
    }))
  })
  const answers = new Map<number, Answers | null>()
  for (const threads of [1, 2]) {
    context.log(`peers with ${threads} thread${threads > 1 ? 's' : ''}`)
    // Running to the end takes minutes, and once is enough to know what it takes.
    const selected = threads === 1 ? jobs : jobs.filter((job) => !job.name.endsWith('run_to_1e_9'))
    writeFileSync(join(folder, 'jobs.json'), JSON.stringify(selected))
    answers.set(threads, await runPeer<Answers>(context, 'transport.py', [folder, threads, context.quick ? 1 : 5]))
  }
  return answers
}

function jobName(bench: string, peer: string): string {
  return `${bench} ${peer}`.replace(/[^A-Za-z0-9.]+/g, '_')
}

async function runCase(
  context: BenchContext,
  { name, problem, tolerance, peers }: Case,
  answers: ReadonlyMap<number, Answers | null>,
  folder: string,
): Promise<BenchResult> {
  const plan = new Float64Array(problem.cost.length)
  const repeats = context.quick ? { repeats: 1, warmup: 0 } : { repeats: 7, warmup: 8 }
  const ways = []
  for (const threads of [1, 2])
    ways.push({ threads, ms: await measure(() => solve(problem, { tolerance, threads }).plan({ out: plan }), repeats) })
  const best = ways[0].ms <= ways[1].ms ? ways[0] : ways[1]
  const ours = best.ms
  const result = solve(problem, { tolerance })
  const quality: Record<string, unknown> = { error: result.error, steps: result.iterations }
  for (const { threads, ms } of ways)
    quality[`ours, ${threads} thread${threads > 1 ? 's' : ''}`] = `${ms.toFixed(1)} ms`
  const times: Record<string, number | null> = {}
  for (const peer of peers) {
    for (const [threads, found] of answers) {
      const answer = found?.[jobName(name, peer.name)]
      if (answer || !found) times[`${peer.name}, ${threads} thread${threads > 1 ? 's' : ''}`] = answer?.ms ?? null
      if (!answer || threads > 1) continue
      const log = readFileSync(join(folder, `${jobName(name, peer.name)}.scaling`))
      const scaling = new Float64Array(log.buffer, log.byteOffset, log.byteLength / 8).map((v) => v * problem.epsilon)
      // One yardstick for all: the error at these column potentials once the rows are solved.
      quality[`error of ${peer.name}`] = solve(problem, { method: 'scaling', start: scaling, tolerance: 1e300 }).error
      quality[`iterations of ${peer.name}`] = answer.iterations
    }
  }
  context.log(`${name}: ${ours.toFixed(1)} ms`)
  return compare(name, ours, times, {
    quality,
    note: `ours: ${best.threads} of 2 threads; error: 1-norm of the column error / mass that moves`,
  })
}
