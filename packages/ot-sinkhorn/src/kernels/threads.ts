import { Worker } from 'node:worker_threads'
import type { Kernels } from './memory'

/** One call of a kernel. */
export type Call = readonly [name: keyof Kernels, ...args: number[]]

/** Runs calls side by side, the first on this thread, and returns when all are done. */
export type Parallel = (calls: readonly Call[]) => void

// Counters of each helper's requests and answers, and the call it is asked for.
const [requested, answered, kernel, count] = [0, 1, 2, 3]
const argumentsAt = 16
const names: readonly (keyof Kernels)[] = ['exponentials', 'pass', 'plan', 'sparseProduct', 'addScaled', 'product']

// Helpers wait inside this program and nowhere else. A short spin first: most passes follow each other at once.
const program = `
const { module, memory, control, names } = require('node:worker_threads').workerData
const { exports } = new WebAssembly.Instance(module, { env: { memory } })
const flags = new Int32Array(control, 0, 4)
const values = new Float64Array(control, ${argumentsAt}, 16)
for (let turn = 1; ; turn = (turn + 1) | 0) {
  for (let spin = 0; spin < 5000 && Atomics.load(flags, ${requested}) !== turn; spin++);
  while (Atomics.load(flags, ${requested}) !== turn) Atomics.wait(flags, ${requested}, (turn - 1) | 0)
  exports[names[flags[${kernel}]]](...values.subarray(0, flags[${count}]))
  Atomics.store(flags, ${answered}, turn)
  Atomics.notify(flags, ${answered})
}`

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
    wait() {
      const turn = Atomics.load(flags, requested)
      for (let spin = 0; spin < 5000 && Atomics.load(flags, answered) !== turn; spin++);
      while (Atomics.load(flags, answered) !== turn) Atomics.wait(flags, answered, (turn - 1) | 0)
    },
  }
}

/** Makes a runner of parallel calls; helpers start when first needed and stay. */
export function createParallel(module: WebAssembly.Module, memory: WebAssembly.Memory, kernels: Kernels): Parallel {
  const helpers: ReturnType<typeof startHelper>[] = []
  return (calls) => {
    while (helpers.length < calls.length - 1) helpers.push(startHelper(module, memory))
    for (let t = 1; t < calls.length; t++) helpers[t - 1].ask(calls[t])
    const [name, ...args] = calls[0]
    const own = kernels[name] as (...args: number[]) => void
    own(...args)
    for (let t = 1; t < calls.length; t++) helpers[t - 1].wait()
  }
}
