import type { Dataset, Random } from '@dc/core'
import { type KCurve, kCurve } from '@dc/pipelines'
import { count } from '../report/numbers'
import type { Narrator } from '../terminal/narrator'

/** How many clusters the rows may have, told to people. */
export async function countClusters(
  dataset: Dataset,
  random: Random,
  { note }: Pick<Narrator, 'note'>,
): Promise<KCurve> {
  note('counting clusters: silhouette, neighbours, stability, eigengap and sizes of several numbers')
  let quarter = 1
  const onProgress = (done: number, total: number) => {
    if (done < total && done < (quarter * total) / 4) return
    if (done < total) note(`counting clusters: ${done} of about ${total} numbers looked at`)
    quarter++
  }
  const curve = await kCurve(dataset, { random, onProgress })
  for (const line of toldCurve(curve)) note(line)
  return curve
}

/** What a curve says, a line each. */
export function toldCurve({ k, runnerUp, finest, communities, points, rows, of }: KCurve): string[] {
  const others = [
    ...(runnerUp === null ? [] : [`the runner-up is ${runnerUp}`]),
    ...(finest > k ? [`as many as ${finest} are nearly as good`] : []),
    `the graph of neighbours has ${communities} ${communities === 1 ? 'community' : 'communities'}`,
  ]
  const looked = rows < of ? `, by ${count(rows)} of the rows` : ''
  return [
    `clusters: ${k}, the best of ${points.length} numbers from ${points[0].k} to ${points.at(-1)!.k}${looked}; ${others.join('; ')}`,
    'whether there are clusters at all it does not tell; --k N says another number',
  ]
}
