/** Where the part of a drawing is that is about a cluster, in percent of it. */
export interface ClusterPlace {
  readonly cluster: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A chart drawn on the server, with a description for people who do not see it. */
export function Drawing({
  svg,
  label,
  places = [],
  least,
}: {
  readonly svg: string
  readonly label: string
  /** Parts that are framed while their cluster is chosen on the map. */
  readonly places?: readonly ClusterPlace[]
  /** The least part of its size that it is shown in: what is smaller cannot be read. */
  readonly least?: number
}) {
  const wide = Number(/viewBox="0 0 ([\d.]+)/.exec(svg)?.[1] ?? 0)
  const percent = (value: number) => `${Number(value.toFixed(2))}%`
  return (
    <div class="drawn" style={least === undefined ? undefined : { minWidth: `${Math.round(least * wide)}px` }}>
      {/* The SVG comes from echarts, which escapes every text it is given. */}
      <div role="img" aria-label={label} dangerouslySetInnerHTML={{ __html: svg }} />
      {places.map(({ cluster, left, top, width, height }) => (
        <i
          key={cluster}
          data-cluster={cluster}
          style={{ left: percent(left), top: percent(top), width: percent(width), height: percent(height) }}
        />
      ))}
    </div>
  )
}
