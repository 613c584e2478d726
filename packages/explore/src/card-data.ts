import { printable } from '@dc/core/text'
import type { ClusterCard } from './cards'
import type { Rows } from './rows'
import type { ShownRow } from './sample-rows'
import { typicalRows } from './typical-rows'

/** Clusters that have a card, and rows on each. */
const [mostCards, pictures, words] = [60, { typical: 12, uncertain: 6 }, { typical: 4, uncertain: 2 }] as const

/** What the rows tell of their clusters: size, purity, typical rows and those at the border, how much other methods agree. */
export function cardsOf(rows: Rows): ClusterCard[] {
  const members = new Map([...rows.clusters.keys()].map((cluster) => [cluster, [] as number[]]))
  rows.labels.forEach((label, row) => {
    members.get(label)?.push(row)
  })
  return [...rows.clusters]
    .slice(0, mostCards)
    .map(([cluster, about]) => cardOf(rows, { cluster, ...about }, members.get(cluster)!))
}

function cardOf(
  rows: Rows,
  about: { readonly cluster: number; readonly name: string; readonly colour: number },
  members: readonly number[],
): ClusterCard {
  const { certainty, truth, labelings, noun } = rows.data
  const most = truth && commonest(members.flatMap((row) => (truth[row] < 0 ? [] : [truth[row]])))
  const shown = (own: readonly number[]): ShownRow[] =>
    own.map((row) => ({
      row,
      words: rows.text(row) ?? rows.shownName(row, 110),
      said: `${rows.shownName(row)}${truth && truth[row] >= 0 ? `, truly ${printable(rows.className(truth[row]), 60)}` : ''}`,
      missed: truth !== undefined && most !== undefined && truth[row] >= 0 && truth[row] !== most.value,
    }))
  const place = (row: number): [number, number] => [rows.x[row], rows.y[row]]
  const counts = noun === 'image' ? pictures : words
  const { typical, uncertain } = typicalRows(
    { certainty: certainty ?? new Float32Array(rows.count), place },
    members,
    certainty ? counts : { ...counts, uncertain: 0 },
  )
  const purity = most && `, ${percent(most.share)} “${printable(rows.className(most.value), 60)}”`
  return {
    ...about,
    size: `${members.length.toLocaleString('en-US')} in it${purity ?? ''}`,
    samples: [
      { title: 'typical', rows: shown(typical) },
      { title: 'at the border', rows: certainty ? shown(uncertain) : [] },
    ],
    facts: labelings.slice(1).map(({ title, labels }) => [`as ${title}`, percent(overlap(labels, members))]),
  }
}

/** The value that most have, and their share. */
function commonest(values: readonly number[]): { value: number; share: number } | undefined {
  const counts = countsOf(values)
  const [first] = [...counts].sort(([, a], [, b]) => b - a)
  return first && { value: first[0], share: first[1] / values.length }
}

/** What rows share with the cluster of another method that they share most with: `|A ∩ B| / |A ∪ B|`. */
function overlap(labels: Int32Array, members: readonly number[]): number {
  const sizes = countsOf(labels)
  const both = countsOf(members.map((row) => labels[row]))
  return [...both].reduce(
    (most, [label, count]) => Math.max(most, count / (sizes.get(label)! + members.length - count)),
    0,
  )
}

function countsOf(values: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, 1 + (counts.get(value) ?? 0))
  return counts
}

const percent = (share: number) => `${Math.round(100 * share)}\u00a0%`
