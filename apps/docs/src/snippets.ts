import { dirname, extname, posix } from 'node:path'
import { exists, textOf } from './repository'

/**
 * A line that shows a file: a link to it, alone on its line, whose title is `shown`. On GitHub it is a link; on the site, the code.
 *
 * `[own-embeddings.ts](../../examples/guides/own-embeddings.ts#fit "shown")` shows the lines between `#region fit` and `#endregion`.
 */
const shown = /^\[[^\]]*\]\(([^)\s#]+)(?:#([\w-]+))? "shown"\)$/gm

/** A page's text with the files that it shows put in. */
export function withSnippets(text: string, source: string): string {
  return text.replace(shown, (_, to: string, region?: string) => {
    const path = posix.normalize(posix.join(dirname(source), to))
    if (!exists(path)) throw new Error(`${source} shows ${to}, which does not exist`)
    const code = region === undefined ? whole(textOf(path)) : regionOf(textOf(path), region, path)
    return `\`\`\`${extname(path).slice(1)}\n${code.trimEnd()}\n\`\`\``
  })
}

/** The files that a page shows, as paths from the root. */
export const shownIn = (text: string, source: string): string[] =>
  [...text.matchAll(shown)].map(([, to]) => posix.normalize(posix.join(dirname(source), to)))

const mark = /^\s*(?:\/\/|#) ?#(?:end)?region\b.*\n/gm
const whole = (text: string) => text.replace(mark, '')

function regionOf(text: string, name: string, path: string): string {
  const found = new RegExp(`^\\s*(?://|#) ?#region ${name}\\n([\\s\\S]*?)^\\s*(?://|#) ?#endregion`, 'm').exec(text)
  if (!found) throw new Error(`${path} has no region ${name}`)
  const lines = whole(found[1]).split('\n')
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length)
  const indent = Math.min(...indents)
  return lines.map((line) => line.slice(indent)).join('\n')
}
