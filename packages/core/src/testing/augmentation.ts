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
    api.it('makes such views where the data set lies too, if it says so', async () => {
      const augmentation = make()
      const { resident, views } = augmentation
      if (!resident) return
      const whole = tf.tensor(batch.values, [n, ...sampleShape])
      const chosen = { ...batch, rows: Int32Array.of(5, 2, 2) }
      const run = () =>
        tf.tidy(() => resident.make(resident.hold(whole, createRandom(1)), resident.draw(chosen, createRandom(2))))
      const made = await expectNoLeaks(run)
      const again = run()
      const values = Float32Array.from(
        [5, 2, 2].flatMap((row) => [...batch.values.subarray(row * size, (row + 1) * size)]),
      )
      const here = augmentation.apply({ ...chosen, values }, createRandom(2))
      check(made.length === views, `${made.length} views, ${views} promised`)
      for (let i = 0; i < made.length; i++) {
        const [found, wanted] = [made[i].shape.join(), here[i].shape.join()]
        check(found === wanted, `a view has shape ${found}, that of apply ${wanted}`)
        checkClose(await again[i].data(), await made[i].data(), 0, `view ${i}`)
        checkFinite(await made[i].data(), 'view')
      }
      tf.dispose([whole, made, again, here])
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
