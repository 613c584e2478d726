import { DataError, quoted } from '@dc/core'
import { nameList } from './name-list'
import { timmName } from './torch-names'

/** Where a file has a network's weights. */
export interface ChosenNames {
  /** The prefix of each name, with its dot; empty if there is none. */
  readonly prefix: string
  /** Names in the file by the names that the network wants. */
  readonly names: ReadonlyMap<string, string>
  /** Other prefixes under which the file has such a network too. */
  readonly others: readonly string[]
}

/** No weight's name in a network has more parts or characters. */
const mostParts = 12
const longest = 200

/**
 * Finds the one prefix under which a file has every weight of a network. All weights come from it; the order in the file does
 * not matter.
 *
 * @param wanted PyTorch's names of the network's weights
 * @param prefix the one to take; found by itself if there is one only
 * @throws DataError if no prefix has them all, more than one has, or one has a weight twice under two names
 */
export function chooseNames(
  inFile: Iterable<string>,
  wanted: readonly string[],
  file: string,
  prefix?: string,
): ChosenNames {
  const places = findPlaces(inFile, new Set(wanted))
  const complete = [...places].filter(([, found]) => found.size === wanted.length).map(([found]) => found)
  const asked = prefix === undefined || prefix === '' || prefix.endsWith('.') ? prefix : `${prefix}.`
  if (asked === undefined && complete.length > 1) throw severalPlaces(complete.sort(), file)
  const chosen = asked ?? complete[0] ?? fullest(places)
  const found = places.get(chosen) ?? new Map<string, string[]>()
  const missing = wanted.filter((name) => !found.has(name))
  if (missing.length > 0) throw lacking(missing, wanted.length, chosen, complete, [...inFile], file)
  for (const [name, [first, second]] of found)
    if (second !== undefined)
      throw new DataError(`${quoted(file)} has ${name} twice: ${quoted(first)} and ${quoted(second)}.`, { file })
  const names = new Map([...found].map(([name, [first]]) => [name, first]))
  return { prefix: chosen, names, others: complete.filter((other) => other !== chosen) }
}

/** For every prefix, the wanted names that follow it, each with its names in the file. */
function findPlaces(inFile: Iterable<string>, wanted: ReadonlySet<string>): Map<string, Map<string, string[]>> {
  const places = new Map<string, Map<string, string[]>>()
  for (const name of inFile) {
    // From the last part on: the prefix may be of any length.
    let at = name.length
    for (let parts = 0; at > 0 && parts < mostParts; parts++) {
      at = name.lastIndexOf('.', at - 1)
      if (name.length - at > longest) break
      const known = timmName(name.slice(at + 1))
      if (wanted.has(known)) {
        const prefix = name.slice(0, at + 1)
        const found = places.get(prefix) ?? new Map<string, string[]>()
        places.set(prefix, found.set(known, [...(found.get(known) ?? []), name]))
      }
      if (at < 0) break
    }
  }
  return places
}

/** The prefix that has most, of equal ones the first by name. */
function fullest(places: ReadonlyMap<string, ReadonlyMap<string, unknown>>): string {
  const [best] = [...places].sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1))
  return best?.[0] ?? ''
}

const prefixList = (prefixes: readonly string[]) => nameList(prefixes, 'no prefix')

function severalPlaces(prefixes: readonly string[], file: string): DataError {
  const choose = `Choose one: prefix: ${quoted(prefixes[0])}, or another of them`
  return new DataError(
    `${quoted(file)} has all weights of the network ${prefixes.length} times, under ${prefixList(prefixes)}. ${choose}.`,
    { file, prefixes },
  )
}

function lacking(
  missing: readonly string[],
  of: number,
  prefix: string,
  complete: readonly string[],
  inFile: readonly string[],
  file: string,
): DataError {
  const where = prefix === '' ? '' : ` under ${quoted(prefix)}`
  const has = complete.length > 0 ? `All are under ${prefixList(complete)}` : `It has ${nameList(inFile) || 'none'}`
  return new DataError(
    `${quoted(file)} lacks ${missing.length} of ${of} weights${where}: ${nameList(missing)}. ${has}.`,
    {
      file,
      missing,
      prefix,
    },
  )
}
