import { expect, it } from 'vitest'
import { alignRun } from '../alignment'
import { example } from '../testing/example-run'
import { drawSizes, roundStep } from './sizes'

it('steps are round', () => {
  expect([0.25, 1, 1.1, 3, 46.75, 187, 2500].map(roundStep)).toEqual([1, 1, 2, 5, 50, 200, 5000])
})

it.each([
  [
    [187, 120, 60, 30],
    ['0', '50', '100', '150', '200'],
  ],
  [
    [8, 7, 6, 3],
    ['0', '2', '4', '6', '8'],
  ],
  [
    [1, 1, 1, 0],
    ['0', '1'],
  ],
  [
    [400, 1, 1, 1],
    ['0', '100', '200', '300', '400'],
  ],
])('the axis of sizes %j ends at a tick that is told', (sizes, ticks) => {
  const { run } = example({ labels: undefined })
  const { svg } = drawSizes(alignRun(run), sizes)
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
  // The ticks, before the sizes that stand behind the bars.
  expect(texts.filter((text) => /^[\d,]+$/.test(text)).slice(0, ticks.length)).toEqual(ticks)
})
