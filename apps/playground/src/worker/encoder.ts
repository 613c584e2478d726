import { Session } from '@dc/backend-onnx/model'
import { loadWebRuntime } from '@dc/backend-onnx/web'
import { type Dataset, DcError, letEventsIn, type Phase } from '@dc/core'
import { memoryDataset } from '@dc/data/rows'
import { encoderFacts } from './encoder-facts'
import { pictureSide } from './pictures'
import { threads } from './threads'

const weights = new URL(
  '../../../../packages/encoder-efficientnet-lite0/weights/efficientnet-lite0.onnx',
  import.meta.url,
)
/** Pictures at once. */
const together = 8

let opened: Promise<Session> | null = null

async function openSession(): Promise<Session> {
  await loadWebRuntime({ threads })
  const answer = await fetch(weights)
  if (!answer.ok) throw new DcError(`The encoder's weights cannot be read: ${answer.status}.`)
  return new Session(new Uint8Array(await answer.arrayBuffer()))
}

/** Pictures as the encoder that ships with `dclust` describes them: 1,280 numbers each. */
export async function encoded(pictures: Dataset, onPhase: (phase: Phase) => void): Promise<Dataset> {
  onPhase({ phase: 'starting the encoder' })
  opened ??= openSession()
  const session = await opened
  const { name, size, rowNames, leftOut, notices } = pictures
  const { features } = encoderFacts
  const values = new Float32Array(size * features)
  for (let start = 0; start < size; start += together) {
    await letEventsIn()
    const rows = Int32Array.from({ length: Math.min(together, size - start) }, (_, at) => start + at)
    const dims = [rows.length, 3, pictureSide, pictureSide]
    const image = { type: 'float32', data: planes(await pictures.read(rows)), dims, location: 'cpu' } as const
    const found = session.run({ image }, { features: null })
    values.set(found.features.data as Float32Array, start * features)
    onPhase({ phase: 'encoding', done: start + rows.length, total: size })
  }
  return memoryDataset({
    name,
    values,
    sampleShape: [features],
    seen: pictures,
    encoder: encoderFacts,
    ...(rowNames && { rowNames }),
    ...(leftOut && { leftOut }),
    ...(notices && { notices }),
  })
}

/** Pixels by channel, normalised, as the network takes them. */
function planes(pixels: Float32Array): Float32Array {
  const plane = pictureSide ** 2
  const out = new Float32Array(pixels.length)
  const [mean, deviation] = [encoderFacts.mean!, encoderFacts.deviation!]
  for (let at = 0; at < pixels.length; at += 3) {
    const picture = Math.floor(at / (3 * plane))
    const pixel = at / 3 - picture * plane
    for (let c = 0; c < 3; c++) out[(3 * picture + c) * plane + pixel] = (pixels[at + c] - mean[c]) / deviation[c]
  }
  return out
}
