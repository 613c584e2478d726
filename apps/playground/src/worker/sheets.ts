import type { Dataset } from '@dc/core'
import type { Sheets } from './messages'

/** Most pixels of a tile's side, and of a sheet's. */
const [mostSide, sheetSide] = [64, 2048]
/** Pictures that a page has. */
const mostPictures = 20_000

/** The rows as small pictures; none of more than 20,000. */
export async function pictureSheets(dataset: Dataset): Promise<Sheets | undefined> {
  const { image, size } = dataset
  if (!image || size > mostPictures) return undefined
  const { height, width, channels, range } = image
  const side = Math.min(mostSide, Math.max(height, width))
  const across = Math.floor(sheetSide / side)
  const perSheet = across * across
  const [low, high] = range
  const images: ImageBitmap[] = []
  for (let start = 0; start < size; start += perSheet) {
    const rows = Int32Array.from({ length: Math.min(perSheet, size - start) }, (_, at) => start + at)
    const sheet = new OffscreenCanvas(across * side, Math.ceil(rows.length / across) * side)
    const context = sheet.getContext('2d')!
    const scale = side / Math.max(height, width)
    for (const [at, row] of rows.entries()) {
      const values = await dataset.read([row])
      const pixels = new ImageData(width, height)
      for (let p = 0; p < height * width; p++) {
        for (let c = 0; c < 3; c++) {
          const value = (values[p * channels + Math.min(c, channels - 1)] - low) / (high - low || 1)
          pixels.data[4 * p + c] = Math.round(255 * value)
        }
        pixels.data[4 * p + 3] = 255
      }
      const [x, y] = [(at % across) * side, Math.floor(at / across) * side]
      if (scale === 1) context.putImageData(pixels, x, y)
      else {
        const [w, h] = [width * scale, height * scale]
        const bitmap = await createImageBitmap(pixels)
        context.imageSmoothingQuality = 'high'
        context.drawImage(bitmap, x + (side - w) / 2, y + (side - h) / 2, w, h)
        bitmap.close()
      }
    }
    images.push(sheet.transferToImageBitmap())
  }
  return { side, pixels: Math.max(height, width) <= 32, across, perSheet, images }
}
