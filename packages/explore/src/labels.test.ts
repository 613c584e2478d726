import { expect, it } from 'vitest'
import { withoutDecoration } from './labels'

it('names on the map are short, and no cluster is called as a class that it is not', () => {
  const short = (...names: string[]) => [...withoutDecoration(names.map((name, at) => [at, name])).values()]
  expect(short('“shoe”', 'cluster 3', 'cluster 12')).toEqual(['shoe', '3', '12'])
  // Classes may be numbers.
  expect(short('“9”', 'cluster 9', 'cluster 8')).toEqual(['9', 'cluster 9', 'cluster 8'])
  expect(short('“a ”b”', 'my cluster 3', '“cluster 4”', 'line\nend')).toEqual([
    'a ”b',
    'my cluster 3',
    '4',
    'line\nend',
  ])
})
