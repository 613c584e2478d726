import { DataError, type Dataset, type Phase, quoted } from '@dc/core'
import { memoryDataset } from '@dc/data/rows'

/** The side that the encoder takes. */
export const pictureSide = 224
/** Pictures at once: their pixels are in memory, 600 kB each. */
const mostPictures = 2000

/**
 * Pictures as rows: cut to a square in their middle, as `dclust` does for the encoder that ships with it. A browser decodes them.
 * Those that are broken are left out, and said to be.
 *
 * @param all every file that was dropped, pictures or not
 * @throws DataError if none can be decoded, or there are too many
 */
export async function readPictures(
  files: readonly File[],
  all: readonly File[],
  onPhase: (phase: Phase) => void,
): Promise<Dataset> {
  if (files.length > mostPictures)
    throw new DataError(
      `These are ${files.length} pictures; this page takes ${mostPictures} at most. \`dclust cluster FOLDER\` takes any number.`,
      { pictures: files.length },
    )
  const sorted = [...files].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const values = new Float32Array(sorted.length * pictureSide ** 2 * 3)
  const kept: string[] = []
  const leftOut: { path: string; reason: string }[] = []
  for (const [at, file] of sorted.entries()) {
    const path = nameOf(file)
    try {
      const pixels = await pixelsOf(file)
      values.set(pixels, kept.length * pixels.length)
      kept.push(path)
    } catch (error) {
      leftOut.push({ path, reason: error instanceof Error ? error.message : String(error) })
    }
    onPhase({ phase: 'decoding', done: at + 1, total: sorted.length })
  }
  if (kept.length === 0)
    throw new DataError(
      `None of the ${files.length} pictures can be decoded, such as ${quoted(leftOut[0].path)}: ${leftOut[0].reason}`,
    )
  const others = all.length - files.length
  return memoryDataset({
    name: `${kept.length} pictures`,
    values: values.subarray(0, kept.length * pictureSide ** 2 * 3),
    sampleShape: [pictureSide, pictureSide, 3],
    image: { height: pictureSide, width: pictureSide, channels: 3, range: [0, 1] },
    rowNames: kept,
    leftOut,
    notices: [
      ...(leftOut.length > 0
        ? [`left out ${leftOut.length} of ${files.length} pictures, which cannot be decoded`]
        : []),
      ...(others > 0 ? [`passed over ${others} ${others === 1 ? 'file' : 'files'} of other kinds`] : []),
    ],
  })
}

const nameOf = (file: File) => file.webkitRelativePath || file.name

/** The middle of a picture, 224 pixels to a side; what is transparent is white. */
async function pixelsOf(file: File): Promise<Float32Array> {
  const picture = await createImageBitmap(file)
  const { width, height } = picture
  const canvas = new OffscreenCanvas(pictureSide, pictureSide)
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, pictureSide, pictureSide)
  context.imageSmoothingQuality = 'high'
  const side = Math.min(width, height)
  const [left, top] = [(width - side) / 2, (height - side) / 2]
  context.drawImage(picture, left, top, side, side, 0, 0, pictureSide, pictureSide)
  picture.close()
  const { data } = context.getImageData(0, 0, pictureSide, pictureSide)
  const pixels = new Float32Array(pictureSide ** 2 * 3)
  for (let p = 0; p < pictureSide ** 2; p++) for (let c = 0; c < 3; c++) pixels[3 * p + c] = data[4 * p + c] / 255
  return pixels
}
