import { expect, it } from 'vitest'
import { cardsOf } from './card-data'
import { rowsOf } from './rows'
import { example } from './testing/example'

it('tells of each cluster how large and pure it is, which rows speak for it, and how much other methods agree', () => {
  const cards = cardsOf(rowsOf(example()))
  // Cluster 1: the 7 rows 3, 6, … of class a; k-means has them with row 0.
  expect(cards[1]).toMatchObject({
    cluster: 1,
    colour: 1,
    size: '7 in it, 100\u00a0% “a”',
    facts: [['as k-means', '88\u00a0%']],
  })
  expect(cards[3].size).toBe('3 in it, 33\u00a0% “a”')
  const [typical, border] = cards[1].samples
  // The surest row first; the least certain ones at the border.
  expect(typical.rows[0]).toMatchObject({ row: 21, words: 'row 21', said: 'row 21, truly a', missed: false })
  expect(typical.rows).toHaveLength(4)
  expect(border.rows.map(({ row }) => row)).toContain(3)
  expect(cards[3].samples.flatMap(({ rows }) => rows).filter(({ missed }) => missed)).toHaveLength(2)
})

it('needs neither classes nor certainty', () => {
  const [card] = cardsOf(rowsOf(example({ truth: undefined, certainty: undefined })))
  expect(card.size).toBe('7 in it')
  expect(card.samples.map(({ rows }) => rows.length)).toEqual([4, 0])
})
