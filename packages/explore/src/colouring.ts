import { printable } from '@dc/core/text'
import { colour } from './palette'
import type { Rows } from './rows'

/** How the points of the map are coloured. */
export interface Colouring {
  readonly name: string
  readonly title: string
  /** Index into `shades`, of each row; −1 for a row that has no value. */
  readonly of: Int32Array
  readonly shades: readonly string[]
  /** What the groups are called, if these are groups: no number between them means anything. */
  readonly groups?: readonly string[]
  /** What the ends of the shades are, if they are numbers. */
  readonly ends?: readonly [low: string, high: string]
}

/** How a colouring is found: only the one that is looked at is made. */
export interface Choice {
  readonly name: string
  readonly title: string
  make(): Colouring
}

/** All that the map can be coloured by. */
export function choices(rows: Rows): Choice[] {
  const { data, labels } = rows
  const { certainty, truth } = data
  const classes = Array.from(
    { length: 1 + (truth?.reduce((most, index) => Math.max(most, index), -1) ?? -1) },
    (_, index) => index,
  )
  const named = (name: string, title: string, make: () => Omit<Colouring, 'name' | 'title'>): Choice => ({
    ...{ name, title },
    make: () => ({ name, title, ...make() }),
  })
  return [
    named('cluster', 'Cluster', () => ({
      of: labels,
      shades: listed(rows, ({ colour: index }) => colour(index)),
      groups: listed(rows, ({ name }) => name),
    })),
    ...(certainty
      ? [
          named('certainty', 'Certainty', () => ({
            of: Int32Array.from(certainty, (value) => Math.round(((value + 1) / 2) * steps)),
            shades: ramp.toReversed(),
            ends: ['between clusters', 'sure'],
          })),
        ]
      : []),
    ...(truth
      ? [
          named('class', 'True class', () => ({
            of: truth,
            shades: classes.map(colour),
            groups: classes.map((index) => `“${printable(rows.className(index), 60)}”`),
          })),
          named('right', 'Cluster and class agree', () => ({
            of: truth.map((label, row) => (label < 0 ? -1 : rows.clusters.get(labels[row])?.colour === label ? 0 : 1)),
            shades: ['#97bbf5', '#e4572e'],
            groups: ['they agree', 'they do not'],
          })),
        ]
      : []),
    ...data.labelings
      .slice(1)
      .map((other) =>
        named(other.name, `Clusters of ${other.title}`, () => ({ of: other.labels, ...asOwn(rows, other.labels) })),
      ),
    ...(data.columns ?? []).map(({ title, low, high, values }, at) =>
      named(`column${at}`, `Column ${title}`, () => ({
        of: Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : Math.round(value * steps))),
        shades: ramp,
        ends: [endOf(low), endOf(high)],
      })),
    ),
  ]
}

/** The end of a scale: a whole number as it is, another one as far as float32 knows it. */
const endOf = (value: number) => String(Number.isSafeInteger(value) ? value : Number(value.toPrecision(6)))

/** A list by the numbers of the clusters. */
function listed<T>(rows: Rows, of: (cluster: { name: string; colour: number }) => T): T[] {
  const list: T[] = []
  for (const [cluster, about] of rows.clusters) list[cluster] = of(about)
  return list
}

/** Another method's clusters in the colours of those of the run that they share most rows with. */
function asOwn(rows: Rows, labels: Int32Array) {
  const own = rows.labels
  const k = 1 + labels.reduce((most, label) => Math.max(most, label), 0)
  const width = 1 + own.reduce((most, label) => Math.max(most, label), 0)
  const both = new Int32Array(k * width)
  labels.forEach((label, row) => {
    if (label >= 0 && own[row] >= 0) both[label * width + own[row]]++
  })
  const pairs = [...both.keys()].filter((at) => both[at] > 0).sort((a, b) => both[b] - both[a])
  const colours = new Map<number, number>()
  const taken = new Set<number>()
  for (const at of pairs) {
    const [label, index] = [Math.floor(at / width), rows.clusters.get(at % width)?.colour]
    if (index === undefined || colours.has(label) || taken.has(index)) continue
    colours.set(label, index)
    taken.add(index)
  }
  let spare = 0
  const indices = Array.from({ length: k }, (_, label) => {
    const found = colours.get(label)
    if (found !== undefined) return found
    while (taken.has(spare)) spare++
    taken.add(spare)
    return spare
  })
  return { shades: indices.map(colour), groups: indices.map((_, label) => String(label)) }
}

/** Numbers as colours from blue over yellow to red, which differ on light and on dark ground. */
const steps = 31
const ramp = Array.from({ length: steps + 1 }, (_, at) =>
  mixed(['#3f6fd8', '#45b5aa', '#efc042', '#e4572e'], at / steps),
)

function mixed(stops: readonly string[], share: number): string {
  const place = share * (stops.length - 1)
  const at = Math.min(stops.length - 2, Math.floor(place))
  const part = (hex: string, from: number) => Number.parseInt(hex.slice(from, from + 2), 16)
  const channel = (from: number) =>
    Math.round(part(stops[at], from) + (place - at) * (part(stops[at + 1], from) - part(stops[at], from)))
  return `rgb(${channel(1)} ${channel(3)} ${channel(5)})`
}
