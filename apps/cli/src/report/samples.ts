import type { Dataset } from '@dc/core'
import { PNG } from 'pngjs'
import type { RunResult } from './run-result'

/** The pictures that speak for a cluster. */
export interface ClusterSamples {
  readonly cluster: number
  readonly typical: readonly Sample[]
  readonly uncertain: readonly Sample[]
}
export interface Sample {
  readonly row: number
  /** `data:image/png;base64,…` */
  readonly source: string
  /** True class, if known. */
  readonly truth?: number
}

/**
 * Pictures per cluster: those nearest its centre, and those that lie nearest its border.
 *
 * @returns nothing where the dataset's rows are not images
 */
export async function clusterSamples(
  run: RunResult,
  dataset: Dataset,
  { typical = 10, uncertain = 6 } = {},
): Promise<ClusterSamples[]> {
  const { image } = dataset
  if (!image) return []
  const { labels, certainty } = run.shown
  const members = Array.from({ length: run.k }, (): number[] => [])
  for (let row = 0; row < labels.length; row++) members[labels[row]]?.push(row)
  return Promise.all(
    members.map(async (rows, cluster) => {
      const order = rows.sort((a, b) => certainty[b] - certainty[a] || a - b)
      const first = order.slice(0, typical)
      const last = order.slice(typical).slice(-uncertain)
      const pictures = async (chosen: number[]) => {
        const values = await dataset.read(chosen)
        const size = values.length / Math.max(1, chosen.length)
        return chosen.map((row, at): Sample => {
          const truth = dataset.labels?.[row]
          const source = pngSource(values.subarray(at * size, (at + 1) * size), image)
          return { row, source, ...(truth !== undefined && truth >= 0 ? { truth } : {}) }
        })
      }
      return { cluster, typical: await pictures(first), uncertain: await pictures(last) }
    }),
  )
}

function pngSource(values: Float32Array, image: NonNullable<Dataset['image']>): string {
  const { height, width, channels, range } = image
  const png = new PNG({ width, height, colorType: channels === 1 ? 0 : 2 })
  const byte = (value: number) => Math.round((255 * (value - range[0])) / (range[1] - range[0] || 1))
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let c = 0; c < 3; c++) {
      const value = values[pixel * channels + (channels === 1 ? 0 : c)]
      png.data[4 * pixel + c] = Math.max(0, Math.min(255, byte(value)))
    }
    png.data[4 * pixel + 3] = 255
  }
  return `data:image/png;base64,${PNG.sync.write(png, { colorType: channels === 1 ? 0 : 2 }).toString('base64')}`
}
