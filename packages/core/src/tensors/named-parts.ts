import type { NamedTensors } from '../kinds'

/**
 * The tensors of several like parts as one record: those of part 2 are called `view 2/name`.
 *
 * @param kind what a part is called: `view`, `head`
 * @example
 * const [a, b] = [tf.zeros([2]), tf.zeros([3])]
 * const all = namedParts('head', [{ buffer: a }, { buffer: b }]) // { 'head 0/buffer': a, 'head 1/buffer': b }
 * partOf('head', all, 1) // { buffer: b }
 */
export function namedParts(kind: string, parts: readonly NamedTensors[]): NamedTensors {
  const entries = parts.map((tensors, at) =>
    Object.entries(tensors).map(([name, tensor]) => [`${kind} ${at}/${name}`, tensor]),
  )
  return Object.fromEntries(entries.flat())
}

/** The tensors of one part by their own names, of what {@link namedParts} gave. */
export function partOf(kind: string, tensors: NamedTensors, at: number): NamedTensors {
  const start = `${kind} ${at}/`
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(start))
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(start.length), tensor]))
}
