import { DataError, quoted } from '@dc/core/plugin'
import { readNpy } from '@dc/data'
import { accumulateTable } from '@dc/metrics'
import { z } from 'zod'
import { packed } from '../packed'
import { defineTask } from '../runner'

/** How often each class meets each cluster in one pair of files of labels. */
export const table = defineTask({
  name: 'table',
  args: z.strictObject({
    truth: z.string().min(1),
    labels: z.string().min(1),
    noise: z.enum(['cluster', 'drop']),
  }),
  async run({ truth, labels, noise }) {
    const [known, found] = [await integersOf(truth), await integersOf(labels)]
    if (known.length !== found.length)
      throw new DataError(`${quoted(labels)} has ${found.length} labels, ${quoted(truth)} ${known.length} classes.`, {
        labels,
        truth,
      })
    const counts = accumulateTable({ noise })
    // A row of unknown class is not scored.
    const rows = known.map((_, row) => row).filter((row) => known[row] >= 0)
    if (rows.length > 0)
      counts.add(
        rows.map((row) => known[row]),
        rows.map((row) => found[row]),
      )
    const entries = [...counts.entries()]
    return packed({
      truth: Int32Array.from(entries, ([truth]) => truth),
      labels: Int32Array.from(entries, ([, label]) => label),
      counts: Float64Array.from(entries, ([, , count]) => count),
    })
  },
})

/** The labels in a file, whole numbers from −1 on. */
async function integersOf(path: string): Promise<Int32Array> {
  const { values, shape } = await readNpy(path)
  if (values.length !== shape[0])
    throw new DataError(`${quoted(path)} is of shape [${shape.join(', ')}]; labels are [n], whole numbers.`, { path })
  const labels = Int32Array.from(values as ArrayLike<number>, Number)
  const bad = labels.findIndex((label, at) => label !== Number(values[at]) || label < -1)
  // Numbers of clusters mean the same in every shard; texts would be numbered anew in each.
  if (bad >= 0)
    throw new DataError(
      `${quoted(path)} holds ${quoted(String(values[bad]))} at ${bad}; labels are whole numbers from −1 on.`,
      {
        path,
      },
    )
  return labels
}
