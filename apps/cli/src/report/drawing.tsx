/** A chart drawn on the server, with a description for people who do not see it. */
export function Drawing({ svg, label }: { svg: string; label: string }) {
  // The SVG comes from echarts, which escapes every text it is given.
  return <div role="img" aria-label={label} dangerouslySetInnerHTML={{ __html: svg }} />
}
