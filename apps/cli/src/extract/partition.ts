import { stat } from 'node:fs/promises'
import { relative } from 'node:path'
import { checksum } from '@dc/core/cache'
import type { ImageFile } from '@dc/data'

/** A picture in a list of a partition: its path, its class, and the bytes of the path where they are no UTF-8. */
export type ListedPicture = readonly [path: string, label: number, rawPath?: string]

/** The rows of one file of features: pictures of a folder, or rows of a data set. */
export type Partition = { readonly pictures: readonly ListedPicture[] } | { readonly rows: readonly [number, number] }

/** A partition, its number, and what it is known by. */
export interface NumberedPartition {
  readonly number: number
  readonly partition: Partition
  /** Two partitions share it only if their features are the same: made of the rows and of what describes them. */
  readonly id: string
}

const statsAtOnce = 64

/**
 * Cuts pictures into partitions of equal length, in their order. The same pictures give the same partitions wherever their folder
 * is: they are known by their names in it, their sizes, their times of modification.
 *
 * @param by a text that says what describes the pictures
 */
export async function partitionPictures(
  { images, folder }: { readonly images: readonly ImageFile[]; readonly folder: string },
  most: number,
  by: string,
): Promise<NumberedPartition[]> {
  const states = new Array<string>(images.length)
  for (let from = 0; from < images.length; from += statsAtOnce)
    await Promise.all(
      images.slice(from, from + statsAtOnce).map(async ({ path, rawPath, label }, at) => {
        // Of a picture that is gone by now nothing is known; it is told when it is read.
        const found = await stat(rawPath ? Buffer.from(rawPath) : path).catch(() => undefined)
        const state = found ? [found.size, Math.floor(found.mtimeMs)] : []
        const name = rawPath ? Buffer.from(rawPath).toString('hex') : relative(folder, path)
        states[from + at] = JSON.stringify([name, label, ...state])
      }),
    )
  return Array.from({ length: Math.ceil(images.length / most) }, (_, number) => {
    const [from, to] = [number * most, Math.min(images.length, (number + 1) * most)]
    const pictures = images.slice(from, to).map(listed)
    return { number, partition: { pictures }, id: checksum(JSON.stringify([by, states.slice(from, to)])) }
  })
}

/** The same of the rows of a data set. @param by says what describes them, and which they are */
export function partitionRows(size: number, most: number, by: string): NumberedPartition[] {
  return Array.from({ length: Math.ceil(size / most) }, (_, number) => {
    const rows = [number * most, Math.min(size, (number + 1) * most)] as const
    return { number, partition: { rows }, id: checksum(JSON.stringify([by, rows])) }
  })
}

const listed = ({ path, label, rawPath }: ImageFile): ListedPicture =>
  rawPath ? [path, label, Buffer.from(rawPath).toString('hex')] : [path, label]

/** The picture that stands in a list. */
export const pictureOf = ([path, label, rawPath]: ListedPicture): ImageFile => ({
  path,
  label,
  ...(rawPath !== undefined && { rawPath: Buffer.from(rawPath, 'hex') }),
})
