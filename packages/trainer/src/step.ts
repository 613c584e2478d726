import {
  type Batch,
  type NamedTensors,
  type NamedVariables,
  type Optimizer,
  type Pipeline,
  type Progress,
  type Random,
  tf,
} from '@dc/core'
import { gradients } from './gradients'

/** One optimisation step's surroundings. */
export interface StepInputs {
  readonly pipeline: Pipeline
  /** The trainable variables of the pipeline's model. */
  readonly weights: NamedVariables
  readonly optimizer: Optimizer
  readonly learningRate: number
  readonly batch: Batch
  readonly progress: Progress
  /** For the views. */
  readonly random: Random
}

/**
 * Takes one optimisation step: writes the new weights in place.
 *
 * @param state the optimiser's; disposed and replaced by the one returned
 * @returns the loss and the logs, read in one tensor, and the new state
 */
export async function trainStep(
  { pipeline, weights, optimizer, learningRate, batch, progress, random }: StepInputs,
  state: NamedTensors,
): Promise<{ logs: Record<string, number>; state: NamedTensors }> {
  let names: string[] = []
  const { packed, next } = tf.tidy(() => {
    pipeline.model.constrain?.()
    const views = pipeline.views(batch, random)
    const { rows, labels } = batch
    const traced = gradients(() => pipeline.step(views, { progress, rows, labels }), weights)
    const updated = optimizer.update(traced.gradients, state, weights, tf.scalar(learningRate))
    for (const [name, variable] of Object.entries(weights)) variable.assign(updated.parameters[name])
    names = ['loss', ...Object.keys(traced.logs)]
    const packed = tf.stack([traced.loss, ...Object.values(traced.logs)])
    tf.dispose(traced.logs)
    return { packed, next: updated.state }
  })
  tf.dispose(state)
  // The one read of the step: on a recording backend it compiles and runs all of the above.
  const values = await packed.data()
  packed.dispose()
  return { logs: Object.fromEntries(names.map((name, i) => [name, values[i]])), state: next }
}
