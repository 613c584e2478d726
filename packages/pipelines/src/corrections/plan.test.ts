import { describe, expect, it } from 'vitest'
import { heldCorrections } from './held'
import { planCorrections } from './plan'
import { type Corrections, parseCorrections } from './schema'

const sum = 'a'.repeat(64)
const of = { data: sum, labels: sum, rows: 12, k: 4 }
const plan = (given: Omit<Corrections, 'version' | 'of'>, before?: (string | null)[]) =>
  planCorrections(parseCorrections({ version: 1, of, ...given }), before)

describe('the form of corrections', () => {
  it.each([
    ['version', { version: 2, of }, 'corrections.version: got 2; allowed: 1'],
    ['a missing member', { version: 1 }, 'corrections.of'],
    ['a checksum', { version: 1, of: { ...of, data: 'x' } }, 'corrections.of.data'],
    ['a member that there is not', { version: 1, of, merge: [] }, 'corrections.merge'],
    ['a row', { version: 1, of, labels: [{ row: 1.5, cluster: 0 }] }, 'corrections.labels.0.row: got 1.5'],
    ['a name of nothing', { version: 1, of, renames: [{ cluster: 0, name: ' ' }] }, 'corrections.renames.0.name'],
    [
      'a name that a terminal obeys',
      { version: 1, of, renames: [{ cluster: 0, name: 'a\x1b[31m' }] },
      'control characters',
    ],
    ['a group of one', { version: 1, of, together: [[1, 2], [3]] }, 'corrections.together.1'],
    ['a split of both forms', { version: 1, of, splits: [{ cluster: 0, into: 2, rows: [1] }] }, 'corrections.splits.0'],
    ['no object', null, 'corrections'],
  ])('%s is refused by its place', (_, value, message) => {
    expect(() => parseCorrections(value)).toThrow(message)
  })

  it('lists may be left out', () => {
    expect(parseCorrections({ version: 1, of })).toMatchObject({ renames: [], merges: [], noise: [] })
  })
})

describe('what corrections come to', () => {
  it('merges keep the order, the lowest number and its name; numbers are closed up', () => {
    const { final, k, names, exact, fitted } = plan({
      merges: [{ clusters: [3, 1] }],
      renames: [
        { cluster: 3, name: 'bags' },
        { cluster: 2, name: 'shoes' },
      ],
    })
    expect({ final, k, names, exact, fitted }).toEqual({
      final: [0, 1, 2, 1],
      k: 3,
      names: [null, 'bags', 'shoes'],
      exact: true,
      fitted: 4,
    })
  })

  it('names persist, and a merge may have one of its own', () => {
    expect(plan({}, ['a', null, 'c', null]).names).toEqual(['a', null, 'c', null])
    expect(plan({ merges: [{ clusters: [0, 2] }] }, [null, null, 'c', 'd']).names).toEqual(['c', null, 'd'])
    expect(plan({ merges: [{ clusters: [0, 2], name: 'both' }] }, ['a', null, 'c', null]).names[0]).toBe('both')
  })

  it('new clusters of splits come last', () => {
    const { final, names, fitted, exact } = plan({
      splits: [
        { cluster: 0, into: 3 },
        { cluster: 2, rows: [4, 5], name: 'new' },
      ],
      merges: [{ clusters: [1, 3] }],
    })
    expect({ final, names, fitted, exact }).toEqual({
      final: [0, 1, 2, 1, 3, 4, 5],
      names: [null, null, null, null, null, 'new'],
      fitted: 7,
      exact: false,
    })
  })

  it('groups that share a row are one, and have the cluster that a row of them was given', () => {
    const { groups, apart } = plan({
      together: [
        [5, 1],
        [2, 3],
        [1, 7],
      ],
      labels: [{ row: 7, cluster: 2 }],
      apart: [[5, 3, 9]],
    })
    expect(groups).toEqual([
      { rows: [1, 5, 7], cluster: 2 },
      { rows: [2, 3], cluster: null },
      { rows: [9], cluster: null },
    ])
    expect(apart).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ])
  })

  it.each([
    [
      'a row that there is not',
      { labels: [{ row: 12, cluster: 0 }] },
      'corrections.labels.0.row: got 12; allowed: a row from 0 to 11',
    ],
    ['a cluster that there is not', { renames: [{ cluster: 4, name: 'x' }] }, 'corrections.renames.0.cluster: got 4'],
    [
      'a row labelled twice',
      {
        labels: [
          { row: 1, cluster: 0 },
          { row: 1, cluster: 0 },
        ],
      },
      'corrections.labels.1.row',
    ],
    [
      'a cluster renamed twice',
      {
        renames: [
          { cluster: 1, name: 'a' },
          { cluster: 1, name: 'b' },
        ],
      },
      'corrections.renames',
    ],
    ['a cluster merged twice', { merges: [{ clusters: [0, 1] }, { clusters: [1, 2] }] }, 'corrections.merges'],
    [
      'a cluster merged and split',
      { merges: [{ clusters: [0, 1] }], splits: [{ cluster: 1, into: 2 }] },
      'corrections.splits',
    ],
    [
      'together and apart',
      {
        together: [
          [1, 2],
          [2, 3],
        ],
        apart: [[3, 1]],
      },
      'corrections.apart.0.1: got 1; allowed: a row that does not belong together with row 3',
    ],
    [
      'one group, two clusters',
      {
        together: [[1, 2]],
        labels: [
          { row: 1, cluster: 0 },
          { row: 2, cluster: 1 },
        ],
      },
      'corrections.labels.1.cluster: got 1; allowed: cluster 0, for row 2 belongs together with row 1',
    ],
    [
      'apart in one cluster',
      {
        apart: [[1, 2]],
        labels: [
          { row: 1, cluster: 0 },
          { row: 2, cluster: 0 },
        ],
      },
      'corrections.apart.0.1',
    ],
    [
      'apart in clusters that are merged',
      {
        merges: [{ clusters: [0, 1] }],
        apart: [[1, 2]],
        labels: [
          { row: 1, cluster: 0 },
          { row: 2, cluster: 1 },
        ],
      },
      'corrections.apart.0.1',
    ],
    ['noise that is labelled', { noise: [3], labels: [{ row: 3, cluster: 0 }] }, 'corrections.noise.0: got 3'],
    ['more apart than clusters', { apart: [[0, 1, 2, 3, 4]] }, 'corrections.apart.0'],
    [
      'a label of a divided cluster',
      { splits: [{ cluster: 1, into: 2 }], labels: [{ row: 0, cluster: 1 }] },
      'corrections.labels.0.cluster',
    ],
  ])('%s is refused', (_, given, message) => {
    expect(() => plan(given)).toThrow(message)
  })

  it('two clusters that are merged are one for rows that belong together', () => {
    const given = { merges: [{ clusters: [0, 1] }], together: [[1, 2]] }
    const labels = [
      { row: 1, cluster: 0 },
      { row: 2, cluster: 1 },
    ]
    expect(plan({ ...given, labels }).groups).toEqual([{ rows: [1, 2], cluster: 0 }])
  })
})

describe('how many corrections hold', () => {
  it('is counted by kind, pair by pair', () => {
    const given = plan({
      together: [[0, 1, 2]],
      apart: [[3, 4]],
      labels: [
        { row: 5, cluster: 1 },
        { row: 6, cluster: 1 },
      ],
      splits: [
        { cluster: 0, into: 2 },
        { cluster: 2, rows: [8, 9] },
      ],
      noise: [11],
    })
    const labels = Int32Array.of(0, 0, 4, 2, 3, 1, 0, 3, 5, 5, 2, 2)
    const before = Int32Array.of(0, 0, 4, 2, 3, 1, 1, 3, 5, 5, 2, -1)
    expect(heldCorrections(given, labels, before)).toEqual({
      renames: { held: 0, of: 0 },
      merges: { held: 0, of: 0 },
      splits: { held: 2, of: 2 },
      together: { held: 1, of: 3 },
      apart: { held: 1, of: 1 },
      labels: { held: 1, of: 2 },
      noise: { held: 1, of: 1 },
    })
  })
})
