import { DataError, quoted } from '@dc/core'
import type { LabelValue } from '@dc/data'
import type { NamedLabels } from './named-labels'

/**
 * The second labels in the order of the first: by the names of the rows where both have names, else as they stand.
 *
 * @throws DataError if they are not of equally many rows, or a name stands twice or on one side only
 */
export function matchRows(
  first: NamedLabels,
  second: NamedLabels,
): { readonly values: readonly LabelValue[]; readonly by: 'name' | 'order' } {
  const [a, b] = [first, second].map(({ values }) => values.length)
  if (a !== b)
    throw new DataError(
      `${quoted(first.path)} has ${a} labels, ${quoted(second.path)} ${b}; they must be of the same rows.`,
      {
        labels: a,
        truth: b,
      },
    )
  if (!first.names || !second.names) return { values: second.values, by: 'order' }
  const places = placesOf(second)
  const own = placesOf(first)
  // Row numbers stand for names that a file does not have.
  const numbered = [own, places].some((names) => [...names].every(([name, at]) => name === String(at)))
  if (numbered && ![...own.keys()].every((name) => places.has(name))) return { values: second.values, by: 'order' }
  const values = first.names.map((name) => {
    const at = places.get(name)
    if (at === undefined)
      throw new DataError(`${quoted(second.path)} has no row ${quoted(name)}, which ${quoted(first.path)} has.`, {
        name,
      })
    return second.values[at]
  })
  return { values, by: 'name' }
}

function placesOf({ path, names = [] }: NamedLabels): Map<string, number> {
  const places = new Map<string, number>()
  names.forEach((name, at) => {
    const before = places.get(name)
    if (before !== undefined)
      throw new DataError(`${quoted(path)} has the row ${quoted(name)} twice, as rows ${before} and ${at} (from 0).`, {
        name,
      })
    places.set(name, at)
  })
  return places
}
