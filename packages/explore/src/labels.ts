import type { Colouring } from './colouring'
import { placeNames, type WantedName } from './place-names'
import type { Rows } from './rows'

/** Most groups that are named; with more, no name is readable. */
const mostNames = 60
/** Cells of a side in which the densest part of a group is looked for. */
const cells = 16
const [large, small] = [14, 12]

interface Label {
  readonly name: string
  readonly font: string
  readonly x: number
  readonly y: number
}

interface Wanted extends WantedName {
  readonly name: string
  readonly font: string
}

/** Names of groups where they lie over no other and are whole; those of the largest groups stand best, and some may find no room. */
export function placedLabels(
  context: CanvasRenderingContext2D,
  {
    colouring,
    rows,
    shown,
    family,
    width,
    height,
    pixels,
  }: {
    readonly colouring: Colouring
    readonly rows: Rows
    readonly shown: Int32Array
    readonly family: string
    readonly width: number
    readonly height: number
    pixels(x: number, y: number): [number, number]
  },
): Label[] {
  const seen = crowds(colouring, rows, shown)
    .map(({ group, x, y, size }) => ({ group, size, at: pixels(x, y) }))
    .filter(({ at: [x, y] }) => x > 0 && y > 0 && x < width && y < height)
    .sort((a, b) => b.size - a.size)
    .slice(0, mostNames)
  const shortNames = withoutDecoration(seen.map(({ group }) => [group, colouring.groups![group]]))
  const wanted = seen.map(({ group, at: [x, y] }): Wanted => {
    const whole = shortNames.get(group)!
    const fontSize = whole.length > 12 || width < 500 ? small : large
    const font = `700 ${fontSize}px ${family}`
    context.font = font
    const name = shortened(context, whole, Math.max(60, 0.4 * width))
    return { name, font, x, y, width: context.measureText(name).width + 4, height: fontSize * 1.2 }
  })
  const kept: Wanted[] = []
  placeNames(wanted, { width, height }, { rings: 8 }).forEach(([x, y], at) => {
    const label = { ...wanted[at], x, y }
    if (label.width < width && kept.every((other) => apart(label, other))) kept.push(label)
  })
  return kept
}

/** Names without quotes, and clusters as their number alone where no class is a number: that 4 would be taken for the class 4. */
export function withoutDecoration(names: readonly (readonly [group: number, name: string])[]): Map<number, string> {
  const plain = names.map(([group, name]) => [group, name.replace(/^“(.*)”$/s, '$1')] as const)
  const numbered = plain.some(([, name]) => /^\d+$/.test(name))
  return new Map(
    plain.map(([group, name]) => {
      const number = /^cluster (\d+)$/.exec(name)?.[1]
      return [group, number === undefined || numbered ? name : number]
    }),
  )
}

const apart = (a: WantedName, b: WantedName) =>
  Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2

function shortened(context: CanvasRenderingContext2D, name: string, most: number): string {
  let letters = [...name]
  if (context.measureText(name).width <= most) return name
  while (letters.length > 3 && context.measureText(`${letters.join('')}…`).width > most)
    letters = letters.slice(0, Math.floor(0.85 * letters.length))
  return `${letters.join('')}…`
}

interface Crowd {
  readonly group: number
  readonly x: number
  readonly y: number
  readonly size: number
}

let last: { readonly of: Int32Array; readonly shown: Int32Array; readonly found: Crowd[] } | null = null

/** The middle of the densest part of each group, so that no name stands between two islands. */
function crowds({ of, groups }: Colouring, { x, y }: Rows, shown: Int32Array): Crowd[] {
  if (last && last.of === of && last.shown === shown) return last.found
  const sums = new Map<number, [count: number, x: number, y: number]>()
  const sizes = new Map<number, number>()
  for (const row of shown) {
    const group = of[row]
    if (Number.isNaN(x[row]) || group < 0 || groups?.[group] === undefined) continue
    const cell =
      group * cells * cells + Math.floor(x[row] * (cells - 1e-3)) * cells + Math.floor(y[row] * (cells - 1e-3))
    const sum = sums.get(cell) ?? [0, 0, 0]
    sum[0]++
    sum[1] += x[row]
    sum[2] += y[row]
    sums.set(cell, sum)
    sizes.set(group, 1 + (sizes.get(group) ?? 0))
  }
  const densest = new Map<number, [count: number, x: number, y: number]>()
  for (const [cell, sum] of sums) {
    const group = Math.floor(cell / (cells * cells))
    if (sum[0] > (densest.get(group)?.[0] ?? 0)) densest.set(group, sum)
  }
  const found = [...densest].map(([group, [count, u, v]]) => ({
    group,
    x: u / count,
    y: v / count,
    size: sizes.get(group)!,
  }))
  last = { of, shown, found }
  return found
}
