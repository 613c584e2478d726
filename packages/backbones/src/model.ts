import type { Model, NamedVariables } from '@dc/core'

/**
 * Named parts as one model: their variables as `part.name`, their constraints in turn.
 *
 * @example
 * const encoder = mlp({ inputShape: [384], widths: [512, 64], random })
 * const network = model({ encoder, tau: temperature(0.05) })
 */
export function model(parts: Readonly<Record<string, Model>>): Required<Model> {
  return {
    variables: collectVariables(parts),
    constrain() {
      for (const part of Object.values(parts)) part.constrain?.()
    },
  }
}

/** All variables of named parts, as `part.name`. */
export function collectVariables(parts: Readonly<Record<string, { variables: NamedVariables }>>): NamedVariables {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, { variables }]) =>
      Object.entries(variables).map(([name, variable]) => [`${part}.${name}`, variable]),
    ),
  )
}
