import { expect, it } from 'vitest'
import { choices } from './colouring'
import { rowsOf } from './rows'
import { example } from './testing/example'

const made = (name: string, change: Parameters<typeof example>[0] = {}) =>
  choices(rowsOf(example(change)))
    .find((choice) => choice.name === name)
    ?.make()

it('colours the clusters of another method as those of the first that they share most rows with', () => {
  // Class c is cluster c + 1 of the first, by three.
  const [own, other] = [made('cluster')!.shades, made('kmeans')!.shades]
  expect(other).toEqual([own[1], own[2], own[0]])
})

it('colours by a column in its own unit, and leaves rows without a value grey', () => {
  const values = Float32Array.from({ length: 24 }, (_, row) => (row === 5 ? Number.NaN : row / 23))
  const { title, ends, of } = made('column0', { columns: [{ title: 'size', low: 10, high: 56, values }] })!
  expect([title, ends]).toEqual(['Column size', ['10', '56']])
  expect([of[0], of[23], of[5]]).toEqual([0, 31, -1])
  const endsOf = (low: number, high: number) =>
    made('column0', { columns: [{ title: 'day', low, high, values }] })!.ends
  expect(endsOf(20_240_131, 1_712_345_678)).toEqual(['20240131', '1712345678'])
  expect(endsOf(Math.fround(0.1), 12_345.6)).toEqual(['0.1', '12345.6'])
})

it('offers what the data have', () => {
  const names = (change: Parameters<typeof example>[0]) => choices(rowsOf(example(change))).map(({ name }) => name)
  expect(names({})).toEqual(['cluster', 'certainty', 'class', 'right', 'kmeans'])
  expect(names({ truth: undefined, certainty: undefined })).toEqual(['cluster', 'kmeans'])
  expect(made('class', { classNames: undefined })!.groups).toEqual(['“0”', '“1”', '“2”'])
})
