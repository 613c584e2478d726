// What transport is made of, by our WebAssembly and by ONNX Runtime in float64: why @dc/ot-sinkhorn brings its own.
import { compileProgram } from '@dc/backend-onnx/model'
import { createRandom } from '@dc/core'
// Inside the package, for its kernels are no one's business but its solvers'.
import { withKernels } from '../../packages/ot-sinkhorn/src/kernels/memory.ts'
import { createKernelMatrix, rule } from '../../packages/ot-sinkhorn/src/solvers/kernel-matrix.ts'
import { type BenchContext, type BenchResult, compare, defineBench, measure } from '../frame.ts'

interface Work {
  readonly name: string
  readonly ours: (threads: number) => Promise<number>
  readonly theirs: (threads: number) => Promise<number>
  readonly note: string
}

const epsilon = 0.1

export default defineBench({
  name: 'transport-kernels',
  description: 'The kernels of transport in WebAssembly, against ONNX Runtime in float64',
  async run(context) {
    const results: BenchResult[] = []
    for (const [rows, columns] of context.quick
      ? [[512, 20]]
      : [
          [5120, 100],
          [5120, 1000],
          [2000, 2000],
        ])
      for (const work of works(context, rows, columns)) results.push(...(await runWork(context, work)))
    return results
  },
})

async function runWork(context: BenchContext, { name, ours, theirs, note }: Work): Promise<BenchResult[]> {
  if (!context.wants(name)) return []
  const [one, two] = [await ours(1), await ours(2)]
  const times = { 'onnxruntime, 1 thread': await theirs(1), 'onnxruntime, 2 threads': await theirs(2) }
  context.log(`${name}: ${Math.min(one, two).toFixed(2)} ms`)
  const quality = { 'ours, 1 thread, ms': one, 'ours, 2 threads, ms': two }
  return [compare(name, Math.min(one, two), times, { quality, note })]
}

function works({ quick }: BenchContext, rows: number, columns: number): Work[] {
  const cost = Float64Array.from(createRandom(0).uniforms(rows * columns))
  const repeats = quick ? { repeats: 1, warmup: 0 } : { repeats: 9, warmup: 5 }
  const kernel = cost.map((c) => Math.exp(-c / epsilon))
  const [x, u] = [new Float64Array(columns).fill(1), new Float64Array(rows).fill(1 / rows)]
  const matrix = { data: kernel, dims: [rows, columns] }
  const size = `${rows}×${columns}`

  const onMatrix = (threads: number, run: (matrix: ReturnType<typeof createKernelMatrix>) => () => void) =>
    withKernels((_, allocate, parallel) => {
      const fill = (target: { values: Float64Array }, from: number, count: number) =>
        target.values.set(cost.subarray(from * columns, (from + count) * columns))
      const source = { rows, columns, virtual: false, threads, fill }
      const made = createKernelMatrix(source, allocate, parallel)
      made.load(new Float64Array(columns), epsilon)
      return measureNow(run(made), repeats)
    })
  const onePass = (threads: number, kind: number) =>
    onMatrix(threads, (made) => {
      const [weights, out] = [made.rowBlock(0), made.rowBlock(1)]
      weights.values.set(u)
      made.input.set(x)
      return () => made.pass(kind, weights, out)
    })

  return [
    {
      name: `kernel exp(−C / ε), ${size}`,
      ours: async (threads) => onMatrix(threads, (made) => () => made.load(new Float64Array(columns), epsilon)),
      async theirs(threads) {
        const program = compileProgram(
          (p) => {
            const scaled = p.op('Mul', [p.input('c', 'float64', ['n', 'k']), p.constant(Float64Array.of(-1 / epsilon))])
            p.output('w', p.op('Exp', [scaled]))
          },
          { threads },
        )
        const w = { data: new Float64Array(rows * columns), dims: [rows, columns] }
        const ms = await measure(() => program.run({ c: { data: cost, dims: [rows, columns] } }, { w }), repeats)
        program.dispose()
        return ms
      },
      note: 'ours with row maxima taken out, from an array outside its memory',
    },
    {
      name: `one scaling round, ${size}`,
      ours: async (threads) => onePass(threads, rule.divide),
      async theirs(threads) {
        const program = compileProgram(
          (p) => {
            const w = p.input('w', 'float64', ['n', 'k'])
            const products = p.op('MatMul', [w, p.input('x', 'float64', ['k', 1])])
            const scaling = p.op('Div', [p.input('a', 'float64', ['n', 1]), products])
            p.output('c', p.op('Gemm', [w, scaling], { transA: 1 }))
          },
          { threads },
        )
        const inputs = { w: matrix, x: { data: x, dims: [columns, 1] }, a: { data: u, dims: [rows, 1] } }
        const c = { data: new Float64Array(columns), dims: [columns, 1] }
        const ms = await measure(() => program.run(inputs, { c }), repeats)
        program.dispose()
        return ms
      },
      note: 'W x, division, Wᵀ u; ours reads W once for both',
    },
    {
      name: `Hessian: product, or matrix, ${size}`,
      ours: async (threads) => onePass(threads, rule.multiply),
      async theirs(threads) {
        const program = compileProgram(
          (p) => {
            const w = p.input('w', 'float64', ['n', 'k'])
            p.output('gram', p.op('Gemm', [w, w], { transA: 1 }))
          },
          { threads },
        )
        const gram = { data: new Float64Array(columns * columns), dims: [columns, columns] }
        const ms = await measure(() => program.run({ w: matrix }, { gram }), { ...repeats, repeats: 3 })
        program.dispose()
        return ms
      },
      note: 'ours one product of a conjugate-gradient step, theirs the K × K matrix that would replace all of them',
    },
  ]
}

/** As `measure`, without leaving the call that memory is lent to. */
function measureNow(run: () => void, { repeats, warmup }: { repeats: number; warmup: number }): number {
  const times = Array.from({ length: warmup + repeats }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return times.slice(warmup).sort((a, b) => a - b)[repeats >> 1]
}
