// `prepack` of a package: copies the pages that belong to it from docs/ into its `docs/`, with the code that they show in them, so that
// they are in the tarball. What is copied is not committed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { outsideFences } from './outside-fences'
import { filesIn, root, textOf } from './repository'
import { withSnippets } from './snippets'

/** Pages by package. */
const belonging: Record<string, readonly string[]> = {
  '@dc/cli': [...filesIn('docs/guides', '.md'), 'docs/plugins.md', 'docs/scale.md'],
  '@dc/pipelines': [...filesIn('docs/systems', '.md'), ...filesIn('docs/guides', '.md')],
  '@dc/core': ['docs/architecture.md', 'docs/plugins.md'],
  '@dc/backend-onnx': ['docs/backend-onnx.md'],
  '@dc/distributed': ['docs/scale.md'],
}

const folder = process.cwd()
const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string }
const pages = belonging[name] ?? []
for (const source of pages) {
  const text = outsideFences(withSnippets(textOf(source), source).replace(/^<!-- .* -->\n\n/gm, ''), (piece) =>
    // A link to a page that is not copied is only its text.
    piece.replace(/\[((?:`[^`]*`|[^\]`[])*)\]\(([^)\s#]+)(#[^)\s]*)?\)/g, (whole, words: string, to: string) =>
      /^[a-z]+:/.test(to) || pages.includes(posix.normalize(posix.join(dirname(source), to))) ? whole : words,
    ),
  )
  const target = join(folder, source)
  mkdirSync(dirname(target), { recursive: true })
  // Another process may pack at the same time.
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text)
}
console.error(`${pages.length} pages of docs/ in ${folder.slice(root.length)}`)
