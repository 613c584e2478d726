import { createRandom } from '@dc/core'
import { expect, it } from 'vitest'
import { fit } from '../fitting/fit'

it('a trained model gives a fitted row its label, in whatever company it comes', async () => {
  const random = createRandom(0)
  const rows = Array.from({ length: 90 }, () => Array.from(random.normals(12)))
  const found = await fit(rows, { method: 'bootsc', k: 5, training: { epochs: 2 } })
  expect(await found.predict(rows)).toEqual(found.labels)
  const alone = []
  for (const row of rows) alone.push((await found.predict([row]))[0])
  expect(alone).toEqual([...found.labels])
  const thirds = rows.filter((_, at) => at % 3 === 0)
  expect([...(await found.predict(thirds))]).toEqual([...found.labels].filter((_, at) => at % 3 === 0))
})
