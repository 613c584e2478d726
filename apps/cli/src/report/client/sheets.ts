import type { Pictures } from '@dc/explore'
import { elements, type PagePictures } from '../explore/page-data'
import { bytesOf, unpacked } from './unpack'

/** The pictures of a page: a sheet is opened when a picture of it is looked at, and kept. */
export function picturesOf({ side, across, places, pixels }: PagePictures): Pictures {
  const [place, opened] = [unpacked(places), new Map<number, Promise<ImageBitmap>>()]
  const sheet = (index: number): Promise<ImageBitmap> => {
    const found = opened.get(index)
    if (found) return found
    const text = document.querySelectorAll(`.${elements.sheet}`)[index].textContent!
    const made = createImageBitmap(new Blob([bytesOf(text)], { type: 'image/webp' }))
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
