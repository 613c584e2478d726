import { describe, expect, it } from 'vitest'
import { firstState, fragmentOf, type State, stateOf } from './state'

const about = { rows: 1000, knows: (name: string) => ['cluster', 'class'].includes(name) }

describe('the state in an address', () => {
  const states: [string, State][] = [
    ['', firstState],
    ['colour=class&cluster=7', { ...firstState, colour: 'class', selection: { kind: 'cluster', cluster: 7 } }],
    ['rows=0.5.999', { ...firstState, selection: { kind: 'rows', rows: [0, 5, 999] } }],
    ['search=a+%26+b%3D%23%3Cc%3E', { ...firstState, selection: { kind: 'search', query: 'a & b=#<c>' } }],
    [
      'lasso=0.0.10000.0.5000.2500',
      {
        ...firstState,
        selection: {
          kind: 'lasso',
          corners: [
            [0, 0],
            [1, 0],
            [0.5, 0.25],
          ],
        },
      },
    ],
    ['view=0.2500_0.7500_4.0000', { ...firstState, view: { x: 0.25, y: 0.75, scale: 4 } }],
  ]
  it.each(states)('is written as %j, and read again', (fragment, state) => {
    expect(fragmentOf(state)).toBe(fragment)
    expect(stateOf(`#${fragment}`, about)).toEqual(state)
  })

  it('of what makes no sense is the first state', () => {
    for (const fragment of [
      'colour=__proto__',
      'cluster=-1',
      'cluster=1e9',
      'rows=1000',
      'rows=a',
      'lasso=1.2.3.4',
      'view=1_2',
      '%',
      'x',
    ])
      expect(stateOf(`#${fragment}`, about), fragment).toEqual(firstState)
    expect(stateOf('#view=-5_9_1000', about).view).toEqual({ x: 0, y: 1, scale: 64 })
  })

  it('keeps no more than an address can hold', () => {
    const many = Array.from({ length: 5000 }, (_, row) => row)
    expect(fragmentOf({ ...firstState, selection: { kind: 'rows', rows: many } })).toBe('')
    const corners = many.map((at): [number, number] => [Math.sin(at) + 2, Math.cos(at)])
    expect(fragmentOf({ ...firstState, selection: { kind: 'lasso', corners } }).length).toBeLessThan(700)
  })
})
