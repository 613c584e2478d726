import type { ComponentChild } from 'preact'

/** Words of fewer letters stand beside each other. */
const short = 16

/** A row as it is shown among a few others. */
export interface ShownRow {
  readonly row: number
  /** What it is called, or its text. */
  readonly words: string
  /** What it is, for people who point at it or do not see it. */
  readonly said: string
  /** Whether it is of another class than those that it stands with. */
  readonly missed?: boolean
  /** `data:image/…;base64,…`, of a row that is an image. */
  readonly source?: string
}

/** Some rows under a title: pictures, or a line of text each. */
export function SampleRows({
  title,
  rows,
  picture,
}: {
  readonly title: string
  readonly rows: readonly ShownRow[]
  /** The picture of a row, where it is no `source`. */
  readonly picture?: (row: number) => ComponentChild
}) {
  return (
    <div class="samples">
      <small>{title}</small>
      {rows[0]?.source || picture ? (
        <div class="row">
          {rows.map(({ row, missed, said, source }) => (
            <span key={row} class={missed ? 'pic miss' : 'pic'} title={said}>
              {picture ? (
                <span role="img" aria-label={said}>
                  {picture(row)}
                </span>
              ) : (
                <img
                  // A small PNG is a picture whose pixels are to be seen.
                  class={source?.startsWith('data:image/png') ? 'pixels' : undefined}
                  src={source}
                  alt={said}
                  width="44"
                  height="44"
                />
              )}
            </span>
          ))}
        </div>
      ) : (
        <ul class={rows.every(({ words }) => words.length < short) ? 'short' : undefined}>
          {rows.map(({ row, missed, said, words }) => (
            <li key={row} class={missed ? 'miss' : undefined} title={said}>
              {words}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
