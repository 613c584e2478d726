import { type CompilingBackend, OptionError, tf } from '@dc/core'

/** Steps in one call at most: the graph grows with each. */
const most = 16
/** Share of a step that moving the variables may take. */
const share = 0.1

/** How many steps go into one compiled call: a number, or as many as pay. */
export type Unroll = 'auto' | number

/** @throws OptionError for what is neither `'auto'` nor a positive integer */
export function checkUnroll(unroll: Unroll): void {
  if (unroll !== 'auto' && !(Number.isInteger(unroll) && unroll >= 1))
    throw new OptionError('unroll', unroll, "'auto' or an integer ≥ 1")
}

/** How many steps a call takes: more where each call brings the variables to a device and back. */
export interface Rounds {
  /** Steps of the next call. */
  readonly now: number
  /** Told of each call: how long it took in milliseconds. */
  took(ms: number): void
}

/**
 * Chooses by time: of three steps taken one by one, the first compiles; the others tell how long a step takes, and a function
 * that only moves as many bytes tells the variables' part c of it. With n steps a call it is `(c/n) / (t − c + c/n)`.
 *
 * @param bytes of the variables
 * @param time of moving them there and back in milliseconds; by default it is measured
 */
export function roundsByTime(
  backend: CompilingBackend,
  bytes: number,
  time = () => movingTime(backend, bytes),
): Rounds {
  const steps: number[] = []
  let now = 1
  return {
    get now() {
      return now
    },
    took(ms) {
      if (steps.length < 3 && steps.push(ms) === 3) now = roundsFor(Math.min(steps[1], steps[2]), time())
    },
  }
}

/** The fewest steps a call for which moving takes at most a tenth of a step. */
export function roundsFor(stepTime: number, moving: number): number {
  const computing = Math.max(stepTime - moving, stepTime / 100)
  return Math.min(most, Math.max(1, Math.ceil((moving * (1 - share)) / (share * computing))))
}

/** Always the same number. */
export const fixedRounds = (now: number): Rounds => ({ now, took() {} })

/** Milliseconds of a compiled call that does nothing but move a variable: its rows change places. */
function movingTime(backend: CompilingBackend, bytes: number): number {
  const variable = tf.tidy(() => tf.variable(tf.zeros([2, Math.max(1, Math.ceil(bytes / 8))]), false))
  const one = tf.scalar(1)
  const run = backend.compile((x) => {
    variable.assign(tf.reverse(variable, 0))
    return { x: x.add(1) }
  })
  const turn = () => {
    const start = performance.now()
    const { x } = run(one)
    x.dataSync()
    x.dispose()
    return performance.now() - start
  }
  try {
    turn()
    return Math.min(turn(), turn(), turn())
  } finally {
    run.dispose()
    tf.dispose([variable, one])
  }
}
