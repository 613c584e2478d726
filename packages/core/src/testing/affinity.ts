import type { Affinity } from '../kinds'
import { check, checkClose, checkFinite, type TestApi } from './check'

/** What every affinity must do: a symmetric graph of the rows, no negative weights, near rows tied, the same each time. */
export function testAffinity(api: TestApi, name: string, make: () => Affinity): void {
  const [n, d] = [40, 3]
  // Two groups in different directions, with a little of everything else.
  const features = Float32Array.from({ length: n * d }, (_, at) => {
    const [row, column] = [Math.floor(at / d), at % d]
    return (column === row % 2 ? 5 : 0) + Math.sin(at * 7.3)
  })
  api.describe(`affinity ${name}`, () => {
    api.it('makes symmetric compressed rows with finite weights ≥ 0', async () => {
      const { rows, columns, offsets, indices, values } = await make().graph(features, n, d)
      check(rows === n && columns === n, `the graph is ${rows}×${columns}, expected ${n}×${n}`)
      check(offsets.length === n + 1 && offsets[n] === indices.length, 'offsets do not end at the number of edges')
      check(values.length === indices.length, `${values.length} values for ${indices.length} indices`)
      checkFinite(values, 'weights')
      const dense = new Float64Array(n * n)
      for (let i = 0; i < n; i++)
        for (let at = offsets[i]; at < offsets[i + 1]; at++) dense[i * n + indices[at]] += values[at]
      check(
        dense.every((weight) => weight >= 0),
        'a weight is negative',
      )
      const turned = dense.map((_, at) => dense[(at % n) * n + Math.floor(at / n)])
      checkClose(turned, dense, 1e-9, 'the transposed graph')
      const share = (same: boolean) =>
        dense.reduce((sum, w, at) => sum + (((Math.floor(at / n) - (at % n)) % 2 === 0) === same ? w : 0), 0)
      check(share(true) > share(false), 'rows of different groups are tied more than rows of the same')
    })
    api.it('gives the same graph for the same rows', async () => {
      const [first, second] = [await make().graph(features, n, d), await make().graph(features, n, d)]
      checkClose(second.indices, first.indices, 0, 'indices')
      checkClose(second.values, first.values, 0, 'weights')
    })
  })
}
