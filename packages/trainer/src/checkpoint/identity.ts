import { DataError, show } from '@dc/core'

/**
 * What a training is of: its seed, the checksum of its data, whatever else must be the same for it to go on. A checkpoint keeps
 * it, and is refused where another is expected.
 */
export type TrainingIdentity = Readonly<Record<string, string | number>>

/**
 * Refuses a checkpoint of another training.
 *
 * @param found what the checkpoint says of itself
 * @param expected what must be the same; what else the checkpoint says does not count
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
