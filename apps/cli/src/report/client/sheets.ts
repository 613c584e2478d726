import type { Pictures } from '@dc/explore'
import type { PagePictures } from '../explore/page-data'
import { bytesOf, unpacked } from './unpack'

/**
 * The pictures of a page: a sheet is opened when a picture of it is looked at, and kept.
 *
 * @param base64 the file of a sheet
 */
export function picturesOf(
  { side, across, places, pixels }: PagePictures,
  base64: (index: number) => string,
): Pictures {
  const [place, opened] = [unpacked(places), new Map<number, Promise<ImageBitmap>>()]
  const sheet = (index: number): Promise<ImageBitmap> => {
    const found = opened.get(index)
    if (found) return found
    const made = createImageBitmap(new Blob([bytesOf(base64(index))], { type: 'image/webp' }))
    opened.set(index, made)
    return made
  }
  return {
    ...{ side, pixels },
    of(row) {
      if (place[row] === 0) return undefined
      const [index, tile] = [Math.floor((place[row] - 1) / across ** 2), (place[row] - 1) % across ** 2]
      const [left, top] = [(tile % across) * side, Math.floor(tile / across) * side]
      return sheet(index).then((image) => ({ image, left, top }))
    },
  }
}
