import type { Colouring } from './colouring'
import { colour } from './palette'
import type { Rows } from './rows'

/** What the colours mean. Clusters can be pressed. */
export function Legend({
  rows,
  colouring,
  cluster,
  onCluster,
}: {
  readonly rows: Rows
  readonly colouring: Colouring
  readonly cluster: number | null
  onCluster(cluster: number | null): void
}) {
  const { ends, groups, shades } = colouring
  if (ends)
    return (
      <p class="scale">
        {ends[0]}
        <span aria-hidden="true" style={{ background: `linear-gradient(90deg, ${shades.join(',')})` }} />
        {ends[1]}
      </p>
    )
  if (colouring.name !== 'cluster')
    return (
      <ul class="chips">
        {groups!.map((name, at) => (
          <li key={name} class="chip">
            <i class="dot" style={{ background: shades[at] }} />
            {name}
          </li>
        ))}
      </ul>
    )
  const sizes = new Map<number, number>()
  for (const label of rows.labels) sizes.set(label, 1 + (sizes.get(label) ?? 0))
  return (
    <ul class="chips" aria-label="Clusters">
      {[...rows.clusters].map(([own, about]) => (
        <li key={own}>
          <button
            type="button"
            class="chip"
            aria-pressed={own === cluster}
            onClick={() => onCluster(own === cluster ? null : own)}
          >
            <i class="dot" style={{ background: colour(about.colour) }} />
            {about.name} <small>{(sizes.get(own) ?? 0).toLocaleString('en-US')}</small>
          </button>
        </li>
      ))}
    </ul>
  )
}
