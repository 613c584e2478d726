import { dirname, posix } from 'node:path'
import { outsideFences } from './outside-fences'
import { type Page, pageOf } from './pages'
import { exists } from './repository'

// The text may hold code, and code may hold brackets.
const link = /(!?)\[((?:`[^`]*`|\[[^\]]*\]|[^\]`[])*)\]\(([^)\s#]*)(#[^)\s]*)?(?:\s+"[^"]*")?\)/g

/**
 * A page's text with its links as the site has them. A link to a file that is a page leads to that page; one to any other file of
 * the repository leads to `repository`, or is only its text where no address is known.
 *
 * @param repository address of the repository's files, `https://example.org/owner/name/blob/main`
 * @param images takes each picture that a page shows, as a path from the root, and gives its address on the site
 * @throws Error naming a link to a file that does not exist
 */
export function withLinks(
  text: string,
  page: Page,
  all: readonly Page[],
  repository: string | undefined,
  images: (path: string) => string,
): string {
  return outsideFences(text, (piece) =>
    piece.replace(link, (whole, mark: string, words: string, to: string, anchor = '') => {
      if (to === '' || /^[a-z]+:/.test(to) || to.startsWith('/')) return whole
      const target = posix.normalize(posix.join(dirname(page.source), to))
      const found = pageOf(target, all)
      if (mark === '!') return `![${words}](${images(target)})`
      if (found) return `[${words}](${relative(page.path, found.path)}${anchor})`
      if (!exists(target)) throw new Error(`${page.source}: a link to ${to}, which does not exist`)
      return repository ? `[${words}](${repository}/${target})` : words
    }),
  )
}

/** From one page to another. */
export function relative(from: string, to: string): string {
  const path = posix.relative(dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}
