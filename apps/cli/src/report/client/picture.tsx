import { useEffect, useRef } from 'preact/hooks'
import { elements } from '../explore/page-data'
import type { Rows } from './rows'
import { bytesOf, unpacked } from './unpack'

const opened = new Map<number, Promise<ImageBitmap>>()
let places: Int32Array | undefined

/** A sheet of pictures; the ones that were looked at are kept. */
function sheet(index: number): Promise<ImageBitmap> {
  const found = opened.get(index)
  if (found) return found
  const text = document.querySelectorAll(`.${elements.sheet}`)[index].textContent!
  const made = createImageBitmap(new Blob([bytesOf(text)], { type: 'image/webp' }))
  opened.set(index, made)
  return made
}

/** The picture of a row, drawn from its sheet; nothing for a row without one. */
export function Picture({ rows, row, size }: { readonly rows: Rows; readonly row: number; readonly size: number }) {
  const { pictures } = rows.data
  places ??= pictures && unpacked(pictures.places)
  const place = places?.[row] ?? 0
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (!pictures || place === 0) return
    let current = true
    const { side, across } = pictures
    const [index, tile] = [Math.floor((place - 1) / across ** 2), (place - 1) % across ** 2]
    void sheet(index).then((bitmap) => {
      const context = canvas.current?.getContext('2d')
      if (!current || !context) return
      context.imageSmoothingEnabled = false
      context.drawImage(bitmap, (tile % across) * side, Math.floor(tile / across) * side, side, side, 0, 0, side, side)
    })
    return () => {
      current = false
    }
  }, [pictures, place])
  if (!pictures || place === 0) return null
  return (
    // What it shows stands beside it in words.
    <canvas
      ref={canvas}
      class={pictures.pixels ? 'picture pixels' : 'picture'}
      width={pictures.side}
      height={pictures.side}
      style={{ width: `${size}px`, height: `${size}px` }}
    />
  )
}
