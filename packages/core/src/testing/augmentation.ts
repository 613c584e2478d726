import type { Augmentation, Batch } from '../kinds'
import { createRandom } from '../random'
import { tf } from '../tf'
import { check, checkClose, checkFinite, type TestApi, waves } from './check'
import { expectNoLeaks } from './leaks'

/** What every augmentation must do: as many views as it says, one row per sample, the same views from the same seed. */
export function testAugmentation(
  api: TestApi,
  name: string,
  make: () => Augmentation,
  sampleShape: readonly number[],
): void {
  const n = 8
  const size = sampleShape.reduce((a, b) => a * b, 1)
  const batch: Batch = {
    rows: Int32Array.from({ length: n }, (_, i) => i),
    values: waves(n * size).map((v) => (v + 1) / 2),
    sampleShape,
  }
  api.describe(`augmentation ${name}`, () => {
    api.it('makes finite views of every row without leaks', async () => {
      const augmentation = make()
      const views = await expectNoLeaks(() => augmentation.apply(batch, createRandom(1)))
      check(views.length === augmentation.views, `${views.length} views, ${augmentation.views} promised`)
      for (const view of views) {
        check(view.shape[0] === n, `a view has ${view.shape[0]} rows, expected ${n}`)
        checkFinite(await view.data(), 'view')
      }
      tf.dispose(views)
    })
    api.it('leaves the batch as it was and repeats itself from the same seed', async () => {
      const augmentation = make()
      const original = batch.values.slice()
      const one = augmentation.apply(batch, createRandom(2))
      const two = augmentation.apply(batch, createRandom(2))
      for (let i = 0; i < one.length; i++) checkClose(await two[i].data(), await one[i].data(), 0, `view ${i}`)
      checkClose(batch.values, original, 0, 'batch')
      tf.dispose([one, two])
    })
  })
}
