import { type Callback, createRandom, type Dataset } from '@dc/core'
import { subset } from '@dc/data'
import { infer } from '@dc/trainer'
import { rowData } from '../report/explore/collect'
import { packed } from '../report/explore/pack'
import { pictureSheets } from '../report/explore/sheets'
import type { Live } from './live'
import type { LiveRows } from './live-rows'

/** Rows of the map, and rounds of the power iteration of each epoch. */
const [mostRows, rounds] = [1000, 8]

/**
 * Shows after each epoch where a fixed sample of rows lies and in which clusters. The plane is that of the two main directions of the sample's
 * embedding, found by orthogonal iteration from those of the epoch before, so that the map moves and does not jump. Nothing of the training
 * is changed, and no random number of it is drawn.
 */
export function liveSample(dataset: Dataset, live: Live): Callback {
  const order = createRandom(0).split('watched').permutation(dataset.size)
  const rows = order.slice(0, mostRows).sort()
  const part = subset(dataset, rows)
  let directions: Float64Array[] = []
  const show = async ({ pipeline }: { pipeline: Parameters<typeof infer>[0] }) => {
    const { labels, embedding, width } = await infer(pipeline, part)
    directions = mainDirections(embedding, width, directions)
    live.update({ sample: { labels: [...labels], places: placesOf(embedding, width, directions) } })
  }
  return { onTrainStart: () => live.rows(() => liveRows(dataset, rows)), onEpochEnd: show }
}

/** What rows are, as a page takes it; places and clusters come later. */
export async function liveRows(dataset: Dataset, rows: Int32Array): Promise<LiveRows> {
  const nobody = new Int32Array(rows.length)
  const found = await pictureSheets(dataset, rows)
  const page = await rowData(dataset, rows)
  return {
    page: {
      ...page,
      x: packed(nobody),
      y: packed(nobody),
      labelings: [{ name: 'cluster', title: '', labels: packed(nobody) }],
      clusters: [],
      ...(found && { pictures: found.pictures }),
    },
    sheets: found?.files.map((file) => Buffer.from(file).toString('base64')) ?? [],
  }
}

/** Two directions of the largest variance, orthonormal. */
export function mainDirections(
  embedding: Float32Array,
  width: number,
  before: readonly Float64Array[],
): Float64Array[] {
  const means = meansOf(embedding, width)
  const random = createRandom(0).split('directions')
  let found = [0, 1].map((at) =>
    before[at]?.length === width ? before[at] : Float64Array.from({ length: width }, () => random.normal()),
  )
  for (let round = 0; round < rounds; round++)
    found = orthonormal(
      found.map((direction) => {
        const next = new Float64Array(width)
        for (let start = 0; start < embedding.length; start += width) {
          let dot = 0
          for (let c = 0; c < width; c++) dot += (embedding[start + c] - means[c]) * direction[c]
          for (let c = 0; c < width; c++) next[c] += dot * (embedding[start + c] - means[c])
        }
        return next
      }),
    )
  return found
}

function orthonormal([first, second]: Float64Array[]): Float64Array[] {
  const unit = (values: Float64Array) => {
    const norm = Math.hypot(...values)
    return values.map((value) => (norm > 0 ? value / norm : 0))
  }
  const one = unit(first)
  const dot = one.reduce((sum, value, at) => sum + value * second[at], 0)
  return [one, unit(second.map((value, at) => value - dot * one[at]))]
}

function meansOf(embedding: Float32Array, width: number): Float64Array {
  const means = new Float64Array(width)
  for (const [at, value] of embedding.entries()) means[at % width] += (value * width) / embedding.length
  return means
}

/** Places in the unit square, three decimals. */
function placesOf(embedding: Float32Array, width: number, directions: readonly Float64Array[]): number[] {
  const rows = embedding.length / width
  const along = directions.map((direction) => {
    const values = Array.from({ length: rows }, (_, row) => {
      let dot = 0
      for (let c = 0; c < width; c++) dot += embedding[row * width + c] * direction[c]
      return dot
    })
    const [low, high] = [Math.min(...values), Math.max(...values)]
    return values.map((value) => Math.round(1000 * (high > low ? (value - low) / (high - low) : 0.5)) / 1000)
  })
  return Array.from({ length: 2 * rows }, (_, at) => along[at % 2][at >> 1])
}
