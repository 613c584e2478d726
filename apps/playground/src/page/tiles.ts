import type { Pictures } from '@dc/explore'
import type { Sheets } from '../worker/messages'

/** The place of a row's picture on its sheet. */
const placeOf = ({ side, across, perSheet, images }: Sheets, row: number) => {
  const tile = row % perSheet
  const image = images[Math.floor(row / perSheet)]
  return { image, left: (tile % across) * side, top: Math.floor(tile / across) * side }
}

/** The pictures of the rows, for the map and the grid. */
export function picturesOf(sheets: Sheets): Pictures {
  const { side, pixels } = sheets
  return { side, pixels, of: (row) => Promise.resolve(placeOf(sheets, row)) }
}

/** A row's picture as the address of an image, for a card. */
export function pictureSource(sheets: Sheets, row: number): string {
  const { image, left, top } = placeOf(sheets, row)
  const { side } = sheets
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  canvas.getContext('2d')!.drawImage(image, left, top, side, side, 0, 0, side, side)
  return canvas.toDataURL('image/png')
}
