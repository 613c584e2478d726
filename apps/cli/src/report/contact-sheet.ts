import { type Dataset, type Pipeline, type Random, tf } from '@dc/core'
import { PNG } from 'pngjs'
import { bytesAt, copyInto, type Picture, pictureOf, within } from './picture'

const columns = 12
/** Rows of random views. With a method of two views, two rows are draws of each. */
const viewRows = 4
/** Longer side of a picture in pixels. */
const side = 64
const gap = 3

/**
 * A contact sheet: the first row has images as they are, and below each image are random views of it, made as in training. It
 * has at most 12 × 5 pictures of 64 pixels, so that a page can hold it.
 *
 * @returns a PNG, or null if the rows or their views are not images
 */
export async function contactSheet(pipeline: Pipeline, dataset: Dataset, random: Random): Promise<Buffer | null> {
  const { image, size, sampleShape } = dataset
  if (!image) return null
  const count = Math.min(columns, size)
  const rows = Int32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * size) / count))
  const values = await dataset.read(rows)
  const labels = dataset.labels && rows.map((row) => dataset.labels![row])
  const lines: Picture[][] = [picturesOf(values, count, (each) => pictureOf(each, image))]
  while (lines.length <= viewRows) {
    const views = tf.tidy(() => [
      ...pipeline.views({ rows, values, sampleShape, ...(labels && { labels }) }, random.split(lines.length)),
    ])
    try {
      const pictured = views.filter(isImages)
      if (pictured.length === 0) return null
      for (const view of pictured) {
        const [, height, width] = view.shape
        const channels = view.shape[3] as 1 | 3
        const seen = (await view.data()) as Float32Array
        const range = rangeOf(seen, channels, image.range)
        lines.push(picturesOf(seen, count, (each) => ({ values: each, height, width, channels, range })))
      }
    } finally {
      tf.dispose(views)
    }
  }
  return draw(lines.slice(0, viewRows + 1))
}

function isImages(view: tf.Tensor): view is tf.Tensor4D {
  return view.rank === 4 && (view.shape[3] === 1 || view.shape[3] === 3)
}

function picturesOf(values: Float32Array, count: number, make: (values: Float32Array) => Picture): Picture[] {
  const length = values.length / count
  return Array.from({ length: count }, (_, i) => make(values.subarray(i * length, (i + 1) * length)))
}

/**
 * The data's range. Normalised views lie far outside of it: they are drawn from the least to the greatest value of each
 * channel.
 */
function rangeOf(values: Float32Array, channels: number, [low, high]: readonly [number, number]): Picture['range'] {
  const range = Array.from({ length: channels }, (): [number, number] => [Infinity, -Infinity])
  values.forEach((value, at) => {
    const own = range[at % channels]
    if (value < own[0]) own[0] = value
    if (value > own[1]) own[1] = value
  })
  const slack = (high - low) / 2
  return range.some(([least, most]) => least < low - slack || most > high + slack) ? range : [[low, high]]
}

function draw(lines: readonly (readonly Picture[])[]): Buffer {
  const [first] = lines[0]
  const [fitHigh, fitWide] = within(side, first.height, first.width)
  // Tiny images are enlarged by whole numbers, so that their pixels stay square.
  const grow = Math.max(1, Math.floor(side / Math.max(fitHigh, fitWide)))
  const [height, width] = [fitHigh * grow, fitWide * grow]
  // A gap separates the first row from the others.
  const top = (line: number) => line * (height + gap) + (line > 0 ? 2 * gap : 0)
  const png = new PNG({ width: lines[0].length * (width + gap) - gap, height: top(lines.length) - gap })
  lines.forEach((pictures, line) => {
    pictures.forEach((picture, column) => {
      const place = { top: top(line), left: column * (width + gap), height, width, channels: picture.channels }
      copyInto(png, bytesAt(picture, height, width), place)
    })
  })
  return PNG.sync.write(png, { colorType: 6 })
}
