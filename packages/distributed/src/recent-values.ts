/** Values that were read last are kept up to here: centroids of 10,000 clusters of 768 numbers are 61 MB. */
const mostBytes = 2 ** 26

/**
 * Reads values by their key, those that were read last only once. A key is the hash of its value, so that a kept one is never old.
 *
 * @param read asks whoever has them all
 */
export function recentValues(
  read: (key: string) => Promise<Uint8Array>,
  most = mostBytes,
): (key: string) => Promise<Uint8Array> {
  /** The one that was asked for last is the last. */
  const kept = new Map<string, { readonly value: Promise<Uint8Array>; bytes: number }>()
  return (key) => {
    const entry = kept.get(key) ?? { value: read(key), bytes: 0 }
    const isNew = !kept.delete(key)
    kept.set(key, entry)
    if (isNew)
      entry.value.then(
        ({ byteLength }) => {
          entry.bytes = byteLength
          let all = [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0)
          for (const [oldest, { bytes }] of kept) {
            if (all <= most) break
            kept.delete(oldest)
            all -= bytes
          }
        },
        () => kept.delete(key),
      )
    return entry.value
  }
}
