import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compress } from '../graphs/dense-graph'
import { componentsWarning, connectedComponents } from './components'
import { isSymmetric, symmetrise, timesBlock, transpose } from './sparse-rows'

function dense({ rows, columns, offsets, indices, values }: ReturnType<typeof compress>): number[] {
  const out = new Array(rows * columns).fill(0)
  for (let i = 0; i < rows; i++)
    for (let at = offsets[i]; at < offsets[i + 1]; at++) out[i * columns + indices[at]] = values[at]
  return out
}

const square = fc
  .integer({ min: 1, max: 6 })
  .chain((n) =>
    fc.tuple(fc.constant(n), fc.array(fc.constantFrom(0, 0, 0.5, 1, 3), { minLength: n * n, maxLength: n * n })),
  )

describe('compressed rows', () => {
  it('transpose, symmetrise and multiply as dense matrices do (property)', () => {
    fc.assert(
      fc.property(square, ([n, entries]) => {
        const graph = compress(entries, n)
        const turned = entries.map((_, at) => entries[(at % n) * n + Math.floor(at / n)])
        expect(dense(graph)).toEqual(entries)
        expect(dense(transpose(graph))).toEqual(turned)
        expect(dense(symmetrise(graph, 'mean'))).toEqual(entries.map((a, at) => (a + turned[at]) / 2))
        expect(dense(symmetrise(graph, 'max'))).toEqual(entries.map((a, at) => Math.max(a, turned[at])))
        expect(dense(symmetrise(graph, 'min'))).toEqual(entries.map((a, at) => Math.min(a, turned[at])))
        expect(isSymmetric(graph)).toBe(entries.every((a, at) => a === turned[at]))
        expect(isSymmetric(symmetrise(graph, 'mean'))).toBe(true)
        // Eight columns at a time, and the rest one by one.
        for (const width of [2, 8, 11]) {
          const x = Float64Array.from({ length: width * n }, (_, at) => at + 1)
          const out = new Float64Array(width * n)
          timesBlock(graph, x, width, out)
          for (let i = 0; i < n; i++)
            for (let c = 0; c < width; c++)
              expect(out[width * i + c]).toBeCloseTo(
                x.filter((_, at) => at % width === c).reduce((sum, value, j) => sum + value * entries[i * n + j], 0),
              )
        }
      }),
    )
  })

  it('refuse a union of weights that are no chances', () => {
    expect(() => symmetrise(compress([0, 2, 1, 0], 2), 'sum' as 'mean')).toThrow(
      "how: got 'sum'; allowed: 'mean', 'max'",
    )
    expect(() => symmetrise([[0, 1]] as never, 'mean')).toThrow('allowed: a graph of the points')
    expect(() => symmetrise(compress([0, 2, 1, 0], 2), 'union')).toThrow(
      "graph holds 2; 'union' joins weights from 0 to 1",
    )
    expect(dense(symmetrise(compress([0, 0.5, 0.5, 0], 2), 'union'))).toEqual([0, 0.75, 0.75, 0])
  })

  it('fall into connected components, with advice', () => {
    // 0–2 and 1–3 are tied, 4 is alone.
    const graph = compress([0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0], 5)
    const components = connectedComponents(graph)
    expect([...components.labels]).toEqual([0, 1, 0, 1, 2])
    expect([...components.sizes]).toEqual([2, 2, 1])
    expect(componentsWarning(components, 2)).toMatch(/3 connected components \(1 of single points\), more than the 2/)
    expect(componentsWarning(components, 3)).toMatch(/take up clusters of their own. Raise the number of neighbours/)
    expect(componentsWarning(connectedComponents(compress([0, 1, 1, 0], 2)), 2)).toBeNull()
  })
})
