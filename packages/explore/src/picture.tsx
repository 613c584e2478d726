import { useEffect, useRef } from 'preact/hooks'
import type { Rows } from './rows'

/** The picture of a row; nothing for a row without one. */
export function Picture({ rows, row, size }: { readonly rows: Rows; readonly row: number; readonly size: number }) {
  const { pictures } = rows.data
  const canvas = useRef<HTMLCanvasElement>(null)
  const tile = pictures?.of(row)
  useEffect(() => {
    let current = true
    void pictures?.of(row)?.then(({ image, left, top }) => {
      const context = canvas.current?.getContext('2d')
      if (!current || !context) return
      const { side } = pictures
      context.imageSmoothingEnabled = false
      context.clearRect(0, 0, side, side)
      context.drawImage(image, left, top, side, side, 0, 0, side, side)
    })
    return () => {
      current = false
    }
  }, [pictures, row])
  if (!pictures || !tile) return null
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
