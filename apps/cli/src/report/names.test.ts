import { expect, it } from 'vitest'
import { beginning, nounOf } from './names'

it('a text loses its end, at a word', () => {
  expect(beginning('a short one', 20)).toBe('a short one')
  expect(beginning('one two three four', 18)).toBe('one two three four')
  expect(beginning('one two three four five', 18)).toBe('one two three…')
  expect(beginning('x'.repeat(50), 18)).toBe(`${'x'.repeat(17)}…`)
  expect(beginning(`a ${'x'.repeat(50)}`, 24)).toBe(`a ${'x'.repeat(21)}…`)
  expect(beginning('食べ物'.repeat(10), 16)).toBe('食べ物食べ物食…')
  expect(beginning('a\u202eb', 16)).toBe('a\\u{202e}b')
  expect(beginning('', 16)).toBe('')
})

it('features are called by what they were made of', () => {
  const image = { height: 1, width: 1, channels: 1 as const, range: [0, 1] as const }
  expect(
    [{}, { texts: [] }, { image }, { seen: { texts: [] } }, { seen: { image } }].map((one) => nounOf(one as object)),
  ).toEqual(['row', 'text', 'image', 'text', 'image'])
})
