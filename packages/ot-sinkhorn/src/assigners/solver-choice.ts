import { type Assigner, computesOnGpu, OptionError, tf } from '@dc/core'
import { z } from 'zod'

/** Where targets are solved for, an option of the assigners that have both solvers. */
export const solverOptions = {
  solver: z
    .enum(['auto', 'host', 'device'])
    .default('auto')
    .describe('where targets are solved for: host (float64), device (float32, nothing is read), or as the backend is'),
  deviceRounds: z
    .int()
    .positive()
    .default(50)
    .describe('of the device solver: rounds, a fixed number, from the potentials of the step before'),
}

/** The two ways to make an assigner. */
export interface Solvers {
  host(): Assigner
  device(): Assigner
}

/**
 * An assigner that is made when it is first used, for only then is the backend known: `auto` solves on the device on GPUs, and on
 * the host elsewhere. In a page without a GPU the host's solvers run too, on one thread.
 *
 * @throws OptionError, when it is used, for `host` on a backend that cannot read in the middle of a step
 */
export function bySolver(solver: 'auto' | 'host' | 'device', { host, device }: Solvers): Assigner {
  let made: Assigner | undefined
  let size: { rows: number; columns: number } | undefined
  const get = () => {
    if (made) return made
    const onDevice = solver === 'device' || (solver === 'auto' && computesOnGpu())
    if (!onDevice && tf.getBackend() === 'webgpu')
      throw new OptionError('solver', solver, "'device' or 'auto', for backend webgpu cannot read in a step")
    made = onDevice ? device() : host()
    if (size) made.prepare?.(size)
    return made
  }
  return {
    assign: (scores, context) => get().assign(scores, context),
    prepare(told) {
      size = told
      made?.prepare?.(told)
    },
    inputs: (context) => get().inputs?.(context) ?? {},
    pseudoLabels: () => get().pseudoLabels?.() ?? { rows: none, labels: none, weights: new Float32Array(0) },
    epochLogs: () => get().epochLogs?.() ?? {},
    state: () => get().state?.() ?? {},
    restore: (state) => get().restore?.(state),
    dispose: () => made?.dispose?.(),
  }
}

const none = new Int32Array(0)
