import { expect, it } from 'vitest'
import { mixedColour } from './mixed-colour'

it.each([
  // The example of CSS Color 5 that browsers agree on: rgb(140 83 162).
  ['#ff0000', '#0000ff', 0.5, '#8c53a2'],
  ['#2f5fd0', '#f1f3f7', 1, '#2f5fd0'],
  ['#2f5fd0', '#f1f3f7', 0, '#f1f3f7'],
  ['#ffffff', '#000000', 0.5, '#636363'],
])('%s and %s at %d is %s', (first, second, share, mixed) => expect(mixedColour(first, second, share)).toBe(mixed))
