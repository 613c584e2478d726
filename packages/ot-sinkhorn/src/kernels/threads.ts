import { Worker } from 'node:worker_threads'
import type { Kernels } from './memory'

/** One call of a kernel. */
export type Call = readonly [name: keyof Kernels, ...args: number[]]

/** Some rows, and the lane of memory they pass through. */
export interface Piece {
  readonly lane: number
  readonly from: number
  readonly count: number
}

/** What {@link Parallel.chunks} does with rows. */
export interface ChunkWork {
  /** The rows `from` to below `to`, in pieces of at most `chunk`. */
  readonly from: number
  readonly to: number
  readonly chunk: number
  readonly threads: number
  /** Copies into the lane, on this thread, before the call. */
  before?(piece: Piece): void
  call(piece: Piece): Call
  /** Copies out of the lane, on this thread, after the call. */
  after?(piece: Piece): void
}

/** Runs kernels on several threads. */
export interface Parallel {
  /** Runs calls side by side, the first on this thread, and returns when all are done. */
  all(calls: readonly Call[]): void
  /**
   * Runs a kernel over rows that pass through lanes of memory, {@link laneCount} of them. This thread copies for all
   * and computes with what time is left; which rows a thread gets depends on how fast it is.
   */
  chunks(work: ChunkWork): void
}

/** One lane for this thread, two for every other: while it computes in one, the other is copied. */
export const laneCount = (threads: number) => 2 * threads - 1

// Counters of each helper's requests and answers, and the call it is asked for.
const [requested, answered, kernel, count] = [0, 1, 2, 3]
const argumentsAt = 16
const names: readonly (keyof Kernels)[] = ['exponentials', 'pass', 'plan', 'sparseProduct', 'addScaled', 'product']
// Most calls follow each other within a tenth of a millisecond, which is what falling asleep and waking up takes.
const spins = 100_000

// Helpers wait inside this program and nowhere else.
const program = `
const { module, memory, control, names } = require('node:worker_threads').workerData
const { exports } = new WebAssembly.Instance(module, { env: { memory } })
const flags = new Int32Array(control, 0, 4)
const values = new Float64Array(control, ${argumentsAt}, 16)
for (let turn = 1; ; turn = (turn + 1) | 0) {
  for (let spin = 0; spin < ${spins} && Atomics.load(flags, ${requested}) !== turn; spin++);
  while (Atomics.load(flags, ${requested}) !== turn) Atomics.wait(flags, ${requested}, (turn - 1) | 0)
  exports[names[flags[${kernel}]]](...values.subarray(0, flags[${count}]))
  Atomics.store(flags, ${answered}, turn)
  Atomics.notify(flags, ${answered})
}`

type Helper = ReturnType<typeof startHelper>

/** A thread that waits for calls of kernels on the shared memory; it does not keep the process alive. */
function startHelper(module: WebAssembly.Module, memory: WebAssembly.Memory) {
  const control = new SharedArrayBuffer(argumentsAt + 16 * 8)
  const flags = new Int32Array(control, 0, 4)
  const values = new Float64Array(control, argumentsAt, 16)
  new Worker(program, { eval: true, execArgv: [], workerData: { module, memory, control, names } }).unref()
  return {
    ask([name, ...args]: Call) {
      flags[kernel] = names.indexOf(name)
      flags[count] = args.length
      values.set(args)
      Atomics.add(flags, requested, 1)
      Atomics.notify(flags, requested)
    },
    done: () => Atomics.load(flags, answered) === Atomics.load(flags, requested),
    wait() {
      const turn = Atomics.load(flags, requested)
      for (let spin = 0; spin < spins && Atomics.load(flags, answered) !== turn; spin++);
      while (Atomics.load(flags, answered) !== turn) Atomics.wait(flags, answered, (turn - 1) | 0)
    },
  }
}

/** Makes a runner of kernels; helpers start when first needed and stay. */
export function createParallel(module: WebAssembly.Module, memory: WebAssembly.Memory, kernels: Kernels): Parallel {
  const helpers: Helper[] = []
  const run = ([name, ...args]: Call) => (kernels[name] as (...args: number[]) => void)(...args)
  const haveHelpers = (count: number) => {
    while (helpers.length < count) helpers.push(startHelper(module, memory))
    return helpers.slice(0, count)
  }
  return {
    all([own, ...calls]) {
      const asked = haveHelpers(calls.length)
      for (const [h, helper] of asked.entries()) helper.ask(calls[h])
      run(own)
      for (const helper of asked) helper.wait()
    },
    chunks: (work) => runChunks(work, haveHelpers(work.threads - 1), run),
  }
}

function runChunks(work: ChunkWork, helpers: readonly Helper[], run: (call: Call) => void) {
  let next = work.from
  const take = (lane: number, most: number): Piece | undefined => {
    if (next >= work.to) return undefined
    const piece = { lane, from: next, count: Math.min(most, work.to - next) }
    next += piece.count
    work.before?.(piece)
    return piece
  }
  const queues = helpers.map((helper, h) => createQueue(helper, [2 * h + 1, 2 * h + 2], take, work))
  // Small pieces of its own, so that no helper waits for long to be served.
  const own = helpers.length > 0 ? Math.ceil(work.chunk / 4) : work.chunk
  for (let busy = true; busy; ) {
    busy = false
    for (const serve of queues) busy = serve(next >= work.to) || busy
    const piece = take(0, own)
    if (!piece) continue
    busy = true
    run(work.call(piece))
    work.after?.(piece)
  }
}

/** Keeps a helper busy: gives it the next piece as soon as it is free. Tells whether anything is left to do. */
function createQueue(
  helper: Helper,
  lanes: readonly [number, number],
  take: (lane: number, most: number) => Piece | undefined,
  { chunk, call, after }: ChunkWork,
) {
  let running: Piece | undefined
  let ready: Piece | undefined
  return (wait: boolean) => {
    ready ??= take(lanes[running?.lane === lanes[0] ? 1 : 0], chunk)
    if (running && wait) helper.wait()
    if (running && !helper.done()) return true
    const finished = running
    running = ready
    ready = undefined
    if (running) helper.ask(call(running))
    if (finished) after?.(finished)
    return running !== undefined
  }
}
