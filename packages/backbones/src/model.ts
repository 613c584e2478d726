import type { Model, NamedVariables } from '@dc/core'

/**
 * Named parts as one model: their variables as `part.name`, their constraints in turn.
 *
 * @example
 * const network = model({ encoder, project, prototypes, tau })
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
