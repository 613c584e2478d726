import type { ComponentChild } from 'preact'
import { colour } from './palette'
import { SampleRows, type ShownRow } from './sample-rows'

/** What is known of a cluster, in words. */
export interface ClusterCard {
  readonly cluster: number
  readonly name: string
  /** Which of the colours of {@link colour}. */
  readonly colour: number
  /** `375 in it, 92 % “shoe”` */
  readonly size: string
  /** What a person would point out. */
  readonly hints?: readonly string[]
  /** Words that tell it from the others. */
  readonly words?: readonly string[]
  readonly samples: readonly { readonly title: string; readonly rows: readonly ShownRow[] }[]
  readonly facts: readonly (readonly [term: string, value: string])[]
}

/**
 * A card for each cluster. Their buttons show a cluster in the explorer of the page.
 *
 * @param works whether there is one; else the buttons are hidden, until a script shows them
 * @param picture the picture of a row, where a card has none
 */
export function ClusterCards({
  cards,
  works = false,
  picture,
}: {
  readonly cards: readonly ClusterCard[]
  readonly works?: boolean
  readonly picture?: (row: number) => ComponentChild
}) {
  return (
    <div class="cards">
      {cards.map(({ cluster, name, colour: shade, size, hints = [], words = [], samples, facts }) => (
        <article key={cluster} class="card" data-cluster={cluster}>
          <header>
            <i class="dot" style={{ background: colour(shade) }} />
            <h3>{name}</h3>
            <button type="button" data-show={cluster} aria-label={`Show ${name} on the map`} hidden={!works}>
              Show
            </button>
          </header>
          <p class="size">{size}</p>
          {hints.map((hint) => (
            <p key={hint} class="hint">
              {hint}
            </p>
          ))}
          {words.length > 0 && (
            <p class="words">
              {words.map((word) => (
                <span key={word}>{word}</span>
              ))}
            </p>
          )}
          {samples.map(
            ({ title, rows }) => rows.length > 0 && <SampleRows key={title} {...{ title, rows, picture }} />,
          )}
          {facts.length > 0 && (
            <dl>
              {facts.map(([term, value]) => (
                <div key={term}>
                  <dt>{term}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          )}
        </article>
      ))}
    </div>
  )
}
