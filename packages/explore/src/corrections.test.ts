import { createRandom } from '@dc/core'
import { parseCorrections, planCorrections } from '@dc/pipelines'
import { describe, expect, it } from 'vitest'
import { type Correction, type Corrections, countOf, fileOf, listed, none, withOne } from './corrections'

const of = { data: 'a'.repeat(64), labels: 'b'.repeat(64), rows: 40, k: 5 }
const all = (...said: Correction[]) =>
  said.reduce<Corrections>((before, one) => {
    const next = withOne(before, one, of.k)
    if (typeof next === 'string') throw new Error(next)
    return next
  }, none)

describe('corrections of a page', () => {
  it('are the file that the next run takes', () => {
    const said = all(
      { what: 'rename', cluster: 1, name: 'bags' },
      { what: 'rename', cluster: 1, name: ' shoes\n of\u2028leather ' },
      { what: 'merge', clusters: [0, 3] },
      { what: 'merge', clusters: [4, 3] },
      { what: 'split', cluster: 2, into: 2 },
      { what: 'together', rows: [1, 2, 3] },
      { what: 'apart', rows: [1, 9] },
      { what: 'belong', rows: [5, 6], cluster: 1 },
      { what: 'belong', rows: [6], cluster: 0 },
      { what: 'noise', rows: [7, 8] },
      { what: 'noise', rows: [8] },
    )
    expect(JSON.parse(fileOf(of, said))).toEqual({
      version: 1,
      of,
      renames: [{ cluster: 1, name: 'shoes  of leather' }],
      merges: [{ clusters: [0, 3, 4] }],
      splits: [{ cluster: 2, into: 2 }],
      together: [[1, 2, 3]],
      apart: [[1, 9]],
      labels: [
        { row: 5, cluster: 1 },
        { row: 6, cluster: 0 },
      ],
      noise: [7, 8],
    })
    expect(planCorrections(parseCorrections(JSON.parse(fileOf(of, said)))).k).toBe(4)
    expect(listed(said, (cluster) => `“${cluster}”`).map(({ words }) => words)).toEqual([
      '“1” is called shoes  of leather',
      '“0” and “3” and “4” are one',
      '“2” is 2',
      '3 rows belong together',
      '2 rows are apart',
      'row 5 belongs to “1”',
      'row 6 belongs to “0”',
      'row 7 is noise',
      'row 8 is noise',
    ])
  })

  it('are taken back one by one', () => {
    let said = all({ what: 'merge', clusters: [0, 3] }, { what: 'noise', rows: [1, 2] })
    expect(countOf(said)).toBe(3)
    while (countOf(said) > 0) said = listed(said, String)[0].without
    expect(said).toEqual(none)
  })

  it.each<[string, Correction[]]>([
    [
      'Cluster 2 is split already.',
      [
        { what: 'split', cluster: 2, into: 2 },
        { what: 'merge', clusters: [1, 2] },
      ],
    ],
    [
      'Cluster 1 is merged already.',
      [
        { what: 'merge', clusters: [1, 2] },
        { what: 'own', cluster: 1, rows: [3] },
      ],
    ],
    [
      'Row 3 would be noise and something else.',
      [
        { what: 'noise', rows: [3] },
        { what: 'together', rows: [3, 4] },
      ],
    ],
    [
      'Row 4 would be together with another that it is apart from.',
      [
        { what: 'together', rows: [3, 4] },
        { what: 'apart', rows: [3, 4] },
      ],
    ],
    [
      'Row 4 would be in two clusters.',
      [
        { what: 'together', rows: [3, 4] },
        { what: 'belong', rows: [3], cluster: 1 },
        { what: 'belong', rows: [4], cluster: 2 },
      ],
    ],
    [
      'Row 3 would belong to cluster 2, which is split.',
      [
        { what: 'split', cluster: 2, into: 2 },
        { what: 'belong', rows: [3], cluster: 2 },
      ],
    ],
    ['6 rows would be apart in 5 clusters.', [{ what: 'apart', rows: [0, 1, 2, 3, 4, 5] }]],
    ['Two rows are selected for that, or more.', [{ what: 'together', rows: [0] }]],
    ['A name has a letter at least.', [{ what: 'rename', cluster: 0, name: ' \n ' }]],
  ])('that contradict others are refused: %s', (why, said) => {
    expect(() => all(...said)).toThrow(why)
  })

  it('that are accepted one after the other are accepted by the run too', () => {
    const random = createRandom(5)
    const some = (most: number) => Array.from(random.permutation(of.rows).slice(0, 1 + random.integer(most)))
    const cluster = () => random.integer(of.k)
    const makers: (() => Correction)[] = [
      () => ({ what: 'rename', cluster: cluster(), name: 'x' }),
      () => ({ what: 'merge', clusters: [cluster(), cluster()] }),
      () => ({ what: 'split', cluster: cluster(), into: 2 + random.integer(3) }),
      () => ({ what: 'own', cluster: cluster(), rows: some(3) }),
      () => ({ what: 'together', rows: some(4) }),
      () => ({ what: 'apart', rows: some(4) }),
      () => ({ what: 'belong', rows: some(3), cluster: cluster() }),
      () => ({ what: 'noise', rows: some(2) }),
    ]
    let [taken, refused] = [0, 0]
    for (let round = 0; round < 60; round++) {
      let said = none
      for (let turn = 0; turn < 25; turn++) {
        const one = makers[random.integer(makers.length)]()
        const next = withOne(said, one, of.k)
        if (typeof next === 'string') refused++
        else {
          taken++
          said = next
          const plan = () => planCorrections(parseCorrections(JSON.parse(fileOf(of, said))))
          expect(plan, JSON.stringify(said)).not.toThrow()
        }
      }
    }
    expect(Math.min(taken, refused)).toBeGreaterThan(100)
  })
})
