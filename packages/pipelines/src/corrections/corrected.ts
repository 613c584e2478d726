import { type Dataset, OptionError } from '@dc/core'
import { allRows, rowWidth } from '../host-rows'
import type { AllCorrections, Corrected } from './schema'

/** Values that are read at once. */
const block = 1 << 20

/**
 * What corrections of a clustering say that they are of: checksums of the rows and of their labels, the number of both. The names of
 * the rows and their true classes do not count. Web Cryptography is in Node and in pages.
 *
 * @param labels the cluster of each row, 0 … k−1
 * @example
 * const found = await fit(dataset, { method: 'kmeans', k: 3 })
 * const of = await correctedOf(dataset, found.labels, found.k)
 * const corrections = { version: 1, of, renames: [{ cluster: 0, name: 'cats' }] }
 */
export async function correctedOf(dataset: Dataset, labels: Int32Array, k: number): Promise<Corrected> {
  return { data: await checksumOfRows(dataset), labels: await digest(labels), rows: dataset.size, k }
}

/** @throws OptionError for corrections of other rows, or of another clustering of them */
export function requireSame({ of }: AllCorrections, own: Corrected): void {
  const whose: Record<'rows' | 'data' | 'k' | 'labels', string> = {
    rows: 'rows that are clustered, and corrections of others say nothing of them',
    data: 'rows that are clustered, and corrections of others say nothing of them',
    k: 'clustering that is corrected; these are of another',
    labels: 'clustering that is corrected; these are of another',
  }
  for (const [name, what] of Object.entries(whose) as [keyof typeof whose, string][])
    if (of[name] !== own[name])
      throw new OptionError(`corrections.of.${name}`, of[name], `${own[name]}, which is that of the ${what}`)
}

async function checksumOfRows(dataset: Dataset): Promise<string> {
  const { size, sampleShape } = dataset
  const parts: string[] = [JSON.stringify([size, sampleShape])]
  const known = await dataset.fingerprint?.()
  if (known !== undefined) parts.push(known)
  else {
    const rows = allRows(dataset)
    const most = Math.max(1, Math.floor(block / Math.max(1, rowWidth(dataset))))
    for (let start = 0; start < size; start += most) {
      const part = rows.slice(start, start + most)
      parts.push(await digest(await (dataset.readExact?.(part) ?? dataset.read(part))))
    }
  }
  return digest(new TextEncoder().encode(parts.join('\n')))
}

async function digest({ buffer, byteOffset, byteLength }: ArrayBufferView): Promise<string> {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength) as Uint8Array<ArrayBuffer>
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
