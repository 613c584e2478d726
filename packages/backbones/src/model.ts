import type { Model } from '@dc/core'
import { collectVariables } from './layers/sequential'

/**
 * Named parts as one model: their variables as `part.name`, their constraints in turn.
 *
 * @example
 * const encoder = mlp({ inputShape: [384], widths: [512, 64], random })
 * const network = model({ encoder, tau: temperature(0.05) })
 */
export function model(parts: Readonly<Record<string, Model>>): Model {
  return {
    variables: collectVariables(parts),
    constrain() {
      for (const part of Object.values(parts)) part.constrain?.()
    },
  }
}
