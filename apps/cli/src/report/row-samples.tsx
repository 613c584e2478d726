import type { Sample } from './samples'

/** Words of fewer letters stand beside each other. */
const short = 16

/** Some rows under a title: pictures, or a line of text each. */
export function RowSamples({
  title,
  samples,
  missed,
  className,
}: {
  title: string
  samples: readonly Sample[]
  /** Whether a row is of another class. */
  missed(sample: Sample): boolean
  className(index: number): string
}) {
  const said = ({ row, truth }: Sample) =>
    truth === undefined ? `row ${row}` : `row ${row}, truly ${className(truth)}`
  return (
    <div class="samples">
      <small>{title}</small>
      {samples[0]?.source ? (
        <div class="row">
          {samples.map((sample) => (
            <span key={sample.row} class={missed(sample) ? 'pic miss' : 'pic'} title={said(sample)}>
              <img
                // A small PNG is a picture whose pixels are to be seen.
                class={sample.source?.startsWith('data:image/png') ? 'pixels' : undefined}
                src={sample.source}
                alt={said(sample)}
                width="44"
                height="44"
              />
            </span>
          ))}
        </div>
      ) : (
        <ul class={samples.every(({ words }) => words.length < short) ? 'short' : undefined}>
          {samples.map((sample) => (
            <li key={sample.row} class={missed(sample) ? 'miss' : undefined} title={said(sample)}>
              {sample.words}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
