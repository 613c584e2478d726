import { renderMermaidSVG } from 'beautiful-mermaid'

/** A page's text with its Mermaid diagrams drawn. GitHub draws the same text by itself. */
export const withDiagrams = (text: string): string =>
  text.replace(/^```mermaid\n([\s\S]*?)^```$/gm, (_, diagram: string) => drawn(diagram))

/** As SVG in the page's own colours and fonts, on one line: Markdown ends a block of HTML at an empty one. */
function drawn(diagram: string): string {
  const svg = renderMermaidSVG(diagram, { transparent: true })
    // No page asks for anything elsewhere.
    .replace(/@import url\([^)]*\);/g, '')
    .replace(/'Inter', system-ui, sans-serif/g, 'inherit')
    .replace(/--bg:[^;]+;--fg:[^;]+;/, '--bg:var(--vp-c-bg);--fg:var(--vp-c-text-1);')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, ' ')
  const words = diagram
    .trim()
    .replace(/\s*\n\s*/g, '; ')
    .replace(/["<>&]/g, '')
  return `<figure class="diagram" role="img" aria-label="${words}" v-pre>${svg}</figure>`
}
