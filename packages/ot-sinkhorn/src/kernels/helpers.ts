import { hasNodeModule, nodeModule } from '@dc/core/plugin'
import type { Call, Kernels } from './kernels'

/** The most calls that can be posted at once. */
export const slotCount = 64

/** The states of a slot. The first thread that changes `ready` to `taken` runs the slot's call. */
export const state = { free: 0, ready: 1, taken: 2, done: 3, failed: 4 } as const

const argumentCount = 16
// Int32 fields: a number that changes whenever a call is posted, the number of slots in use, and then a state, a kernel and a
// number of arguments for each slot. The arguments follow in float64.
const fields = { posted: 0, used: 1, states: 2, kernels: 2 + slotCount, counts: 2 + 2 * slotCount } as const
const argumentsAt = 8 * Math.ceil((2 + 3 * slotCount) / 2)
const names: readonly (keyof Kernels)[] = ['exponentials', 'pass', 'plan', 'sparseProduct', 'addScaled', 'product']
// Calls follow one another within about 20 µs, which is less than falling asleep and waking up take. A longer spin would keep
// a processor from threads that have work for it.
const spins = 5_000

// Helpers wait inside this program and nowhere else. Each helper begins its search at its own place among the slots, so that
// the same rows come to the same thread, whose cache may still hold them.
const program = `
const { module, memory, control, names, share } = require('node:worker_threads').workerData
const { exports } = new WebAssembly.Instance(module, { env: { memory } })
const flags = new Int32Array(control, 0, ${argumentsAt / 4})
const values = new Float64Array(control, ${argumentsAt}, ${slotCount * argumentCount})
for (;;) {
  const posted = Atomics.load(flags, ${fields.posted})
  const used = Atomics.load(flags, ${fields.used})
  let worked = false
  for (let k = 0, slot = Math.floor(used * share); k < used; k++, slot = (slot + 1) % used) {
    if (Atomics.compareExchange(flags, ${fields.states} + slot, ${state.ready}, ${state.taken}) !== ${state.ready}) continue
    worked = true
    const from = slot * ${argumentCount}
    let outcome = ${state.done}
    try {
      exports[names[flags[${fields.kernels} + slot]]](...values.subarray(from, from + flags[${fields.counts} + slot]))
    } catch {
      outcome = ${state.failed}
    }
    Atomics.store(flags, ${fields.states} + slot, outcome)
    Atomics.notify(flags, ${fields.states} + slot)
  }
  if (worked) continue
  for (let spin = 0; spin < ${spins} && Atomics.load(flags, ${fields.posted}) === posted; spin++);
  Atomics.wait(flags, ${fields.posted}, posted)
}`

/** The calls of kernels that this thread and its helpers take from one table. */
export interface CallTable {
  readonly memory: SharedArrayBuffer
  /** Tells helpers how many of the slots to look at. */
  use(slots: number): void
  post(slot: number, call: Call): void
  /** Wakes helpers that sleep, after something was posted. */
  wake(helpers: number): void
  /** Takes a posted call back, to be run on this thread. */
  takeBack(slot: number): boolean
  state(slot: number): number
  free(slot: number): void
  /** Waits at most `most` milliseconds for a call that a helper runs; returns the slot's state. */
  wait(slot: number, most: number): number
}

export function createCallTable(): CallTable {
  const memory = new SharedArrayBuffer(argumentsAt + slotCount * argumentCount * 8)
  const flags = new Int32Array(memory, 0, argumentsAt / 4)
  const values = new Float64Array(memory, argumentsAt, slotCount * argumentCount)
  const stateOf = (slot: number) => Atomics.load(flags, fields.states + slot)
  return {
    memory,
    use: (slots) => void Atomics.store(flags, fields.used, slots),
    post(slot, [name, ...args]) {
      flags[fields.kernels + slot] = names.indexOf(name)
      flags[fields.counts + slot] = args.length
      values.set(args, slot * argumentCount)
      Atomics.store(flags, fields.states + slot, state.ready)
    },
    wake(helpers) {
      Atomics.add(flags, fields.posted, 1)
      Atomics.notify(flags, fields.posted, helpers)
    },
    takeBack: (slot) => Atomics.compareExchange(flags, fields.states + slot, state.ready, state.taken) === state.ready,
    state: stateOf,
    free: (slot) => void Atomics.store(flags, fields.states + slot, state.free),
    wait(slot, most) {
      for (let spin = 0; spin < spins; spin++) if (stateOf(slot) !== state.taken) return stateOf(slot)
      const end = performance.now() + most
      for (let left = most; left > 0 && stateOf(slot) === state.taken; left = end - performance.now())
        Atomics.wait(flags, fields.states + slot, state.taken, left)
      return stateOf(slot)
    },
  }
}

/** Starts a thread that takes calls from a table; it does not keep the process alive. */
export type StartHelper = (table: CallTable, share: number) => void

/**
 * Starts helpers that run kernels on a memory. If a helper cannot start, it takes no call, and the others do its work.
 *
 * @returns null where there are no threads of Node: in a page everything runs on the thread that asks
 */
export function helperStarter(module: WebAssembly.Module, memory: WebAssembly.Memory): StartHelper | null {
  if (!hasNodeModule('node:worker_threads')) return null
  const { Worker } = nodeModule<typeof import('node:worker_threads')>('node:worker_threads', 'A helper')
  return ({ memory: control }, share) => {
    // Without `execArgv`, a helper would load the modules that the process was told to load at its start.
    const worker = new Worker(program, {
      eval: true,
      execArgv: [],
      workerData: { module, memory, control, names, share },
    })
    worker.on('error', () => {})
    worker.unref()
  }
}
