/** Which rows are looked at. */
export type Selection =
  | { readonly kind: 'all' }
  | { readonly kind: 'cluster'; readonly cluster: number }
  /** Corners in the unit square of the map. */
  | { readonly kind: 'lasso'; readonly corners: readonly (readonly [x: number, y: number])[] }
  /** Numbers of the rows in the page. */
  | { readonly kind: 'rows'; readonly rows: readonly number[] }
  | { readonly kind: 'search'; readonly query: string }

/** What part of the map is seen: the middle in the unit square, and how often it is enlarged. */
export interface View {
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** All that the address remembers. */
export interface State {
  readonly colour: string
  readonly selection: Selection
  readonly view: View
}

export const wholeMap: View = { x: 0.5, y: 0.5, scale: 1 }
export const firstState: State = { colour: 'cluster', selection: { kind: 'all' }, view: wholeMap }

/** Most rows and corners that an address holds: with more, it would be too long for some programs. */
const [mostRows, mostCorners] = [400, 60]
const places = 1e4

/** A state as the fragment of an address. */
export function fragmentOf({ colour, selection, view }: State): string {
  const found = new URLSearchParams()
  if (colour !== firstState.colour) found.set('colour', colour)
  if (selection.kind === 'cluster') found.set('cluster', String(selection.cluster))
  if (selection.kind === 'search') found.set('search', selection.query)
  if (selection.kind === 'rows' && selection.rows.length <= mostRows) found.set('rows', selection.rows.join('.'))
  if (selection.kind === 'lasso')
    found.set(
      'lasso',
      thinned(selection.corners)
        .flat()
        .map((value) => Math.round(places * value))
        .join('.'),
    )
  if (view.scale !== 1) found.set('view', [view.x, view.y, view.scale].map((value) => value.toFixed(4)).join('_'))
  return found.toString()
}

/** The state of a fragment; what it holds that makes no sense here is left out. */
export function stateOf(fragment: string, about: { readonly rows: number; knows(colour: string): boolean }): State {
  const found = new URLSearchParams(fragment.replace(/^#/, ''))
  const colour = found.get('colour') ?? ''
  return {
    colour: about.knows(colour) ? colour : firstState.colour,
    selection: selectionOf(found, about.rows),
    view: viewOf(found.get('view')),
  }
}

function selectionOf(found: URLSearchParams, rows: number): Selection {
  const cluster = found.get('cluster')
  if (cluster !== null && /^\d{1,9}$/.test(cluster)) return { kind: 'cluster', cluster: Number(cluster) }
  const query = found.get('search')
  if (query) return { kind: 'search', query }
  const chosen = numbers(found.get('rows')).filter((row) => row < rows)
  if (chosen.length > 0) return { kind: 'rows', rows: [...new Set(chosen)] }
  const corners = numbers(found.get('lasso')).map((value) => value / places)
  if (corners.length >= 6 && corners.length % 2 === 0) return { kind: 'lasso', corners: pairs(corners) }
  return firstState.selection
}

const numbers = (text: string | null) =>
  text !== null && /^-?\d{1,9}(\.-?\d{1,9})*$/.test(text)
    ? text
        .split('.')
        .map(Number)
        .filter((value) => value >= 0)
    : []

const pairs = (values: readonly number[]) =>
  Array.from({ length: values.length / 2 }, (_, at): [number, number] => [values[2 * at], values[2 * at + 1]])

function viewOf(text: string | null): View {
  const [x, y, scale] = (text ?? '').split('_').map(Number)
  const sound = [x, y, scale].every(Number.isFinite) && scale > 0
  return sound ? { x: bounded(x, 0, 1), y: bounded(y, 0, 1), scale: bounded(scale, 1, mostScale) } : wholeMap
}

/** How often the map is enlarged at most. */
export const mostScale = 64

export const bounded = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))

/** Some of the corners, evenly drawn, of a lasso that has very many. */
function thinned(corners: readonly (readonly [number, number])[]) {
  const step = Math.max(1, corners.length / mostCorners)
  return Array.from({ length: Math.min(corners.length, mostCorners) }, (_, at) => {
    const [x, y] = corners[Math.floor(at * step)]
    // An address has no negative places; the map has none either.
    return [bounded(x, 0, 1), bounded(y, 0, 1)] as const
  })
}
