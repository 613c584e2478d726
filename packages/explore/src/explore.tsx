import { render } from 'preact'
import type { ExplorerData } from './data'
import { Explorer } from './explorer'
import { rowsOf } from './rows'

/** What stands in an element. */
export interface Explored {
  /** Shows other data. What is looked at stays: the colours, the part of the map, the rows that are chosen. */
  update(data: ExplorerData): void
  /** Takes it away. */
  remove(): void
}

/**
 * Puts a clustering to work in into an element of a page: a map that moves, enlarges and is coloured by cluster, certainty, class, another
 * method or a column; what is pointed at, in words and as a picture; a lasso; a grid of the rows that are chosen, their names and a
 * CSV of them; search; corrections as a file. All of it by keyboard too. The page needs {@link explorerStyle}, with cards
 * also {@link partStyle}.
 *
 * A button with the attribute `data-show="3"`, anywhere in the page, shows cluster 3; an element with `data-cluster="3"` has the class
 * `chosen` while cluster 3 is chosen, one with `data-cluster="3 5"` while either is.
 *
 * @param options.address whether the fragment of the page's address keeps what is looked at; of one explorer in a page
 * @param options.cards whether a card for each cluster stands below: how large and pure it is, rows that speak for it, what other methods share
 * @example
 * const style = document.createElement('style')
 * style.textContent = explorerStyle
 * document.head.append(style)
 * const shown = explore(document.querySelector<HTMLElement>('#clusters')!, {
 *   noun: 'row',
 *   x: Float32Array.of(0.1, 0.2, 0.9),
 *   y: Float32Array.of(0.3, 0.2, 0.8),
 *   labelings: [{ name: 'kmeans', title: 'k-means', labels: Int32Array.of(0, 0, 1) }],
 *   clusters: [
 *     { cluster: 0, name: 'small ones', colour: 0 },
 *     { cluster: 1, name: 'large ones', colour: 1 },
 *   ],
 * })
 * shown.remove()
 */
export function explore(
  root: HTMLElement,
  data: ExplorerData,
  { address = false, cards = false }: { readonly address?: boolean; readonly cards?: boolean } = {},
): Explored {
  const show = (next: ExplorerData) => render(<Explorer rows={rowsOf(next)} {...{ address, cards }} />, root)
  show(data)
  return { update: show, remove: () => render(null, root) }
}
