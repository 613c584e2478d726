import { InterruptedError, printable } from '@dc/core'
import type { Narrator } from '../terminal/narrator'
import { reasonOf } from './defined'

/** Parts of a run that its labels and scores do not depend on. */
export interface Attempts {
  /** Why parts are missing, by their name. */
  readonly failures: Readonly<Record<string, string>>
  /** Makes a part; one that cannot be made is told, noted and replaced. An interruption goes on. */
  make<T>(part: string, make: () => T | Promise<T>, otherwise: T): Promise<T>
}

/** Notes of what could not be made, told once each. */
export function createAttempts({ note }: Pick<Narrator, 'note'>): Attempts {
  const failures: Record<string, string> = {}
  return {
    failures,
    async make(part, make, otherwise) {
      try {
        return await make()
      } catch (error) {
        if (InterruptedError.isInstance(error)) throw error
        if (!(part in failures))
          note(`${part} could not be made, and the run goes on: ${printable(reasonOf(error), 500)}`)
        failures[part] ??= reasonOf(error)
        return otherwise
      }
    },
  }
}
