import { definePlugin, type Metric } from '@dc/core/plugin'
import { z } from 'zod'

/** Purity: the share of rows whose class is the most frequent one of their cluster. Rows without a class do not count. */
export const plugin = definePlugin({
  kind: 'metric',
  name: 'my-metric',
  apiVersion: 1,
  description: 'Purity: rows of the most frequent class of their cluster',
  options: z.strictObject({}),
  create: (): Metric => ({
    higherIsBetter: true,
    needs: 'truth',
    compute({ labels, truth = new Int32Array(labels.length).fill(-1) }) {
      const counts = new Map<number, Map<number, number>>()
      let known = 0
      for (const [row, label] of labels.entries()) {
        if (truth[row] < 0) continue
        const ofCluster = counts.get(label) ?? new Map<number, number>()
        counts.set(label, ofCluster.set(truth[row], (ofCluster.get(truth[row]) ?? 0) + 1))
        known++
      }
      return [...counts.values()].reduce((sum, classes) => sum + Math.max(...classes.values()), 0) / known
    },
  }),
})

/** What `dclust --plugin` looks for. */
export const plugins = [plugin]
