import { type Dataset, type EncoderPictures, importPeer, quoted, ShapeError } from '@dc/core/plugin'
import { mapBounded } from '../images/concurrency'

const fits = { crop: 'cover', stretch: 'fill', pad: 'contain' } as const
/** Pictures resized at once. */
const together = 4

/**
 * Pictures of a data set in the form that an encoder takes: of its size, grey or colour, with values 0…1.
 *
 * @returns reads rows, `n × height × width × channels`
 * @throws ShapeError if the rows are no pictures
 */
export function picturesFor(dataset: Dataset, input: EncoderPictures): (rows: Int32Array) => Promise<Float32Array> {
  const { image, sampleShape } = dataset
  if (!image)
    throw new ShapeError(`rows of ${quoted(dataset.name)}`, sampleShape, 'pictures [height, width, 1 or 3 channels]')
  const { height, width, channels, range } = image
  const [low, high] = range
  const share = (value: number) => Math.min(1, Math.max(0, (value - low) / (high - low || 1)))
  if (height === input.height && width === input.width && channels === input.channels)
    return async (rows) => {
      const values = await dataset.read(rows)
      return low === 0 && high === 1 ? values : values.map(share)
    }
  return async (rows) => {
    const { default: sharp } = await importPeer('sharp', () => import('sharp'), 'resizing pictures')
    const values = await dataset.read(rows)
    const [size, fitted] = [height * width * channels, input.height * input.width * input.channels]
    const out = new Float32Array(rows.length * fitted)
    await mapBounded(Array.from(rows), together, async (_, at) => {
      const bytes = Uint8Array.from(values.subarray(at * size, (at + 1) * size), (value) =>
        Math.round(255 * share(value)),
      )
      const pixels = await sharp(bytes, { raw: { height, width, channels } })
        .resize(input.width, input.height, { fit: fits[input.fit], kernel: 'linear', background: '#ffffff' })
        .toColourspace(input.channels === 1 ? 'b-w' : 'srgb')
        .raw()
        .toBuffer()
      for (let p = 0; p < fitted; p++) out[at * fitted + p] = pixels[p] / 255
    })
    return out
  }
}
