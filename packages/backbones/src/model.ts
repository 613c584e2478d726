import type { Model } from '@dc/core'
import { collectVariables } from './layers/sequential'

/**
 * Named parts as one model: their variables as `part.name`, their constraints in turn.
 *
 * @example
 * const network = model({ encoder, project, prototypes, tau })
 */
export function model(parts: Readonly<Record<string, Model>>): Model {
  return {
    variables: collectVariables(parts),
    constrain() {
      for (const part of Object.values(parts)) part.constrain?.()
    },
  }
}
