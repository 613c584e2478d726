import type { Pipeline } from '@dc/core'
import { type HostTensor, restoreVariables } from '@dc/trainer'

/** Names of the weights that one pipeline can take over from another. */
const encoder = 'encoder.'

/** The weights of a pipeline that another can take over: those of its backbone. */
export function backboneOf<T>(named: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(named).filter(([name]) => name.startsWith(encoder)))
}

/**
 * Gives a pipeline the backbone of another training, such as `sp2ot` what `bootsc` has learned; heads start anew.
 *
 * @throws DataError, ShapeError if the two backbones differ
 */
export function startFromBackbone(variables: Readonly<Record<string, HostTensor>>, pipeline: Pipeline): void {
  restoreVariables(backboneOf(pipeline.model.variables), backboneOf(variables))
}
