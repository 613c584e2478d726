import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDataset } from '@dc/core/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { subset } from '../subset'
import { loadTexts } from './texts'

const folder = mkdtempSync(join(tmpdir(), 'dc-texts-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const reviews = file(
  'reviews.csv',
  'id,comment,of\na,"Great tea, hot",tea\nb,"",tea\nc,"Two\nlines",shoes\nd,  ,\ne,猫,\n',
)

testDataset({ describe, it }, 'texts', () => loadTexts(reviews, { text: 'comment', label: 'of' }))

describe('texts of a table', () => {
  it('are those of a column, with labels and names; rows without one are left out', async () => {
    const found = await loadTexts(reviews, { text: 'comment', label: 'of', id: 'id' })
    expect(found).toMatchObject({ size: 3, sampleShape: [0], rowNames: ['a', 'c', 'e'], classNames: ['shoes', 'tea'] })
    expect(found.texts).toEqual(['Great tea, hot', 'Two\nlines', '猫'])
    expect([...found.labels!]).toEqual([1, 0, -1])
    expect(found.notices?.join()).toContain("left out 2 rows without a text in column 'comment'")
    const plain = await loadTexts(reviews, { text: 'comment' })
    expect([plain.labels, plain.rowNames]).toEqual([undefined, ['0', '2', '4']])
  })

  it('keep other columns of numbers, row by row', async () => {
    const path = file('stars.csv', 'text,stars,when,price,empty\na,5,2020-01-02,1e3,\n,1,x,2,\nb,-2.5,y,0.5,\n')
    const found = await loadTexts(path, { text: 'text' })
    expect(found.numbers?.map(({ name, values }) => [name, ...values])).toEqual([
      ['stars', 5, -2.5],
      ['price', 1000, 0.5],
    ])
    expect(subset(found, [1]).numbers?.map(({ values }) => [...values])).toEqual([[-2.5], [0.5]])
    expect((await loadTexts(path, { text: 'text', label: 'stars', id: 'price' })).numbers).toBeUndefined()
  })

  it('tell a column that is not there, and a table without texts', async () => {
    await expect(loadTexts(reviews, { text: 'coment' })).rejects.toThrow(/text: got 'coment'.*comment/)
    await expect(loadTexts(reviews, { text: 'comment', label: 7 })).rejects.toThrow(/label: got 7/)
    await expect(loadTexts(file('no.csv', 'a,b\n,1\n'), { text: 'a' })).rejects.toThrow(/has no texts in column 'a'/)
    await expect(loadTexts(join(folder, 'none.csv'), { text: 'a' })).rejects.toThrow(/none\.csv/)
  })
})
