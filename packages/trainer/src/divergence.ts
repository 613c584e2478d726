import { DcError, type NamedVariables, type Progress } from '@dc/core'

/** The error of a loss that is no number, and what may help. */
export function diverged(loss: number, { step, epoch }: Progress, learningRate: number, cause?: unknown): DcError {
  // Before the first update the rate has done nothing yet.
  const help =
    step === 0
      ? ', before any weight had changed; values of the data on a smaller scale (standardised) may help.'
      : `; a lower learning rate than ${learningRate} may help.`
  const where = { step, epoch, learningRate }
  return new DcError(`The loss became ${loss} at step ${step} (epoch ${epoch})${help}`, where, cause)
}

/** Whether all weights are numbers; true too where a backend cannot tell after a step that failed. */
export async function allFinite(weights: NamedVariables): Promise<boolean> {
  for (const weight of Object.values(weights)) {
    const values = await weight.data().catch(() => new Float32Array(0))
    if (!values.every(Number.isFinite)) return false
  }
  return true
}
