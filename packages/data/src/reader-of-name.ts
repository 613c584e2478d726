/** Which dataset plugin reads files of this ending. */
const readers = {
  '.csv': 'csv',
  '.csv.gz': 'csv',
  '.npy': 'npy',
  '.npy.gz': 'npy',
  '.npz': 'npz',
  '.parquet': 'parquet',
} as const

/** The endings, for messages. */
export const fileEndings = Object.keys(readers).join(', ')

/** The dataset plugin that reads a file of this name, whatever the case of its ending. */
export function readerOfName(name: string): (typeof readers)[keyof typeof readers] | undefined {
  const lower = name.toLowerCase()
  return Object.entries(readers).find(([ending]) => lower.endsWith(ending))?.[1]
}
