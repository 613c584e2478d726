import { tf } from '@dc/core'
import { ShapeError } from '@dc/core/errors'
import { formOf, inForm, type Results, tensorsOf } from './results'

/** A step taken once for each slice of the inputs along their first axis; its results stacked. */
export function unrolled(
  step: (...inputs: tf.Tensor[]) => Results,
  rounds: number,
): (...inputs: tf.Tensor[]) => Results {
  return (...inputs) => {
    inputs.forEach((input, i) => {
      if (input.shape[0] !== rounds)
        throw new ShapeError(`input ${i}`, input.shape, `a first axis of ${rounds}, one slice for each round`)
    })
    const slices = inputs.map((input) => tf.unstack(input))
    const results = Array.from({ length: rounds }, (_, round) => step(...slices.map((list) => list[round])))
    const stacks = tensorsOf(results[0]).map((_, k) => tf.stack(results.map((result) => tensorsOf(result)[k])))
    return inForm(formOf(results[0]), stacks)
  }
}
