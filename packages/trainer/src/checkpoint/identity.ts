import { DataError, show } from '@dc/core'

/**
 * The identity of a training: its seed, the checksum of its data, and whatever else must be the same for the training to go
 * on. A checkpoint keeps it. It is refused where another identity is expected.
 */
export type TrainingIdentity = Readonly<Record<string, string | number>>

/**
 * Refuses a checkpoint of another training.
 *
 * @param found the checkpoint's identity
 * @param expected what must be the same; other facts of the checkpoint do not count
 * @throws DataError that names each fact that differs
 */
export function requireIdentity(found: TrainingIdentity | undefined, expected: TrainingIdentity, file?: string): void {
  const differing = Object.entries(expected).filter(
    ([name, value]) => !(found && Object.hasOwn(found, name) && found[name] === value),
  )
  if (differing.length === 0) return
  const facts = differing.map(([name, value]) => {
    const own = found && Object.hasOwn(found, name) ? show(found[name]) : 'not known'
    return `its ${name} is ${own}, not ${show(value)}`
  })
  throw new DataError(
    `The checkpoint${file === undefined ? '' : ` ${show(file)}`} is of another training: ${facts.join('; ')}.`,
    {
      differing: differing.map(([name]) => name),
      found,
      expected,
    },
  )
}
