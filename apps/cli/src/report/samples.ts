import { type Dataset, letEventsIn } from '@dc/core'
import { type Placed, type ShownRow, typicalRows } from '@dc/explore/parts'
import { beginning, fitted, shownName } from './names'
import { pictureOf, thumbnail } from './picture'
import type { RunResult } from './run-result'

/** The rows that speak for a cluster. */
export interface ClusterSamples {
  readonly cluster: number
  readonly typical: readonly Sample[]
  readonly uncertain: readonly Sample[]
}

export interface Sample {
  readonly row: number
  readonly name: string
  /** What it is called, or its text. */
  readonly words: string
  /** `data:image/…;base64,…`, of a row that is an image. */
  readonly source?: string
  /** True class, if known. */
  readonly truth?: number
}

/** Longer side of a picture in pixels: what a page shows, with a little to spare. */
const side = 64
/** Pictures in a report; with many clusters each has fewer, and at most {@link shownClusters} have any. */
const allTypical = 300
export const shownClusters = 60
/** Rows of text that are shown of a cluster, and columns of each. */
const [mostTexts, columns] = [4, 110]

/**
 * Rows of each cluster: typical ones, spread over it, and those nearest its border. Clusters are read one after the other, and
 * pictures are made small, so that neither memory nor the page grows with the images.
 *
 * @param clusters which, in the order wanted
 * @throws InterruptedError once the signal is aborted
 */
export async function clusterSamples(
  run: RunResult,
  dataset: Dataset,
  {
    clusters = Array.from({ length: run.k }, (_, cluster) => cluster) as readonly number[],
    typical = dataset.image || dataset.seen?.image
      ? Math.max(3, Math.min(12, Math.floor(allTypical / run.k)))
      : mostTexts,
    uncertain = Math.min(dataset.image || dataset.seen?.image ? 6 : 2, typical),
    signal = undefined as AbortSignal | undefined,
  } = {},
): Promise<ClusterSamples[]> {
  const members = Array.from({ length: run.k }, (): number[] => [])
  run.shown.labels.forEach((label, row) => {
    members[label]?.push(row)
  })
  const found: ClusterSamples[] = []
  for (const cluster of clusters) {
    await letEventsIn(signal)
    const rows = typicalRows(placed(run), members[cluster], { typical, uncertain })
    found.push({
      cluster,
      typical: await samplesOf(dataset, rows.typical),
      uncertain: await samplesOf(dataset, rows.uncertain),
    })
  }
  return found
}

/** The rows of a run as typical ones are looked for among them. */
export const placed = ({ shown: { certainty, map } }: RunResult): Placed => ({
  certainty,
  place: (row) => [map[2 * row], map[2 * row + 1]],
})

/** Samples as they stand in a page, with their class; those that are of another class than `right` are marked. */
export const shownRows = (
  samples: readonly Sample[],
  className: (index: number) => string,
  right?: number,
): ShownRow[] =>
  samples.map(({ truth, name, ...sample }) => ({
    ...sample,
    said: truth === undefined ? name : `${name}, truly ${className(truth)}`,
    missed: truth !== undefined && right !== undefined && truth !== right,
  }))

/** Rows as a page shows them. */
export async function samplesOf(dataset: Dataset, rows: readonly number[]): Promise<Sample[]> {
  // Of features, the pictures that the encoder saw.
  const source = dataset.image ? dataset : (dataset.seen ?? dataset)
  const texts = dataset.texts ?? dataset.seen?.texts
  const names = dataset.rowNames
  const pictures = source.image ? await picturesOf(source, rows) : undefined
  return rows.map((row, at) => {
    const truth = dataset.labels?.[row]
    const name = names ? shownName(names[row]) : `row ${row}`
    return {
      ...{ row, name },
      words: texts ? beginning(texts[row], columns) : names ? fitted(names[row], columns) : name,
      ...(pictures && { source: pictures[at] }),
      ...(truth !== undefined && truth >= 0 ? { truth } : {}),
    }
  })
}

async function picturesOf(dataset: Dataset, rows: readonly number[]): Promise<string[]> {
  const values = await dataset.read(rows)
  const size = values.length / Math.max(1, rows.length)
  const pictures: string[] = []
  for (let at = 0; at < rows.length; at++)
    pictures.push(await thumbnail(pictureOf(values.subarray(at * size, (at + 1) * size), dataset.image!), side))
  return pictures
}
