import { renderMermaidSVG } from 'beautiful-mermaid'

/** A page's text with its Mermaid diagrams drawn. GitHub draws the same text by itself. */
export const withDiagrams = (text: string): string =>
  text.replace(/^```mermaid\n([\s\S]*?)^```$/gm, (_, diagram: string) => drawn(diagram))

/** As SVG in the page's own colours and fonts, on one line: Markdown ends a block of HTML at an empty one. */
function drawn(diagram: string): string {
  const svg = renderMermaidSVG(diagram, { transparent: true })
    // Its style asks for a font elsewhere, and Vue takes no style in a page: the theme's site.css has the rest.
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/(<svg[^>]*?) style="[^"]*"/, '$1')
    .replace(/\s*\n\s*/g, ' ')
  const words = diagram
    .trim()
    .replace(/\s*\n\s*/g, '; ')
    .replace(/["<>&]/g, '')
  return `<figure class="diagram" role="img" aria-label="${words}" v-pre>${svg}</figure>`
}
