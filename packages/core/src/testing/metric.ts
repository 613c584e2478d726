import type { Metric } from '../kinds'
import { check, checkClose, type TestApi } from './check'

/** What every metric must do: a number that does not change when the clusters are renamed, best for the truth. */
export function testMetric(api: TestApi, name: string, make: () => Metric): void {
  const truth = Int32Array.from({ length: 60 }, (_, i) => i % 3)
  const noisy = truth.map((label, i) => (i % 7 === 0 ? (label + 1) % 3 : label))
  const features = Float32Array.from(
    { length: 120 },
    (_, i) => truth[i >> 1] * 5 * (i % 2 ? 1 : -1) + Math.sin(i * 3.1),
  )
  const inputs = (labels: Int32Array) => ({ labels, truth, features, n: 60, d: 2 })
  api.describe(`metric ${name}`, () => {
    api.it('does not change when clusters are renamed', () => {
      const metric = make()
      const renamed = noisy.map((label) => [2, 0, 1][label])
      checkClose([metric.compute(inputs(renamed))], [metric.compute(inputs(noisy))], 1e-12, name)
    })
    api.it('prefers the true clustering', () => {
      const metric = make()
      const [best, worse] = [metric.compute(inputs(truth)), metric.compute(inputs(noisy))]
      check(metric.higherIsBetter ? best > worse : best < worse, `truth scores ${best}, a noisy copy ${worse}`)
    })
  })
}
