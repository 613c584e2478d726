import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'

/**
 * Links of built pages to nothing: files that are not there, places within a page that are not there, and anything that a page
 * loads from elsewhere.
 *
 * @returns `page: address` of each
 */
export function lostLinks(dist: string, base: string): string[] {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.html') && !path.startsWith('playground'),
  )
  const texts = new Map(files.map((path) => [path, readFileSync(join(dist, path), 'utf8')]))
  const places = new Map(
    [...texts].map(([path, text]) => [path, new Set(text.match(/(?<=\sid=")[^"]+/g)?.map(unescaped))]),
  )
  const lost: string[] = []
  for (const [path, text] of texts) {
    for (const [, tag, address] of text.matchAll(/<(\w+)\b[^>]*?\s(?:href|src)="([^"]*)"/g)) {
      const [, to, anchor] = /^([^#]*)(?:#(.*))?$/.exec(unescaped(address))!
      if (to.startsWith('data:')) continue
      if (/^[a-z]+:|^\/\//.test(to)) {
        // A link may lead anywhere; what a page needs is its own.
        if (tag !== 'a') lost.push(`${path}: <${tag}> loads ${address}`)
        continue
      }
      const target = fileOf(dist, path, to, base)
      if (target === null) lost.push(`${path}: ${address}`)
      else if (anchor && places.has(target) && !places.get(target)!.has(decodeURIComponent(anchor)))
        lost.push(`${path}: ${address}, no such place in ${target}`)
    }
    for (const [, address] of text.matchAll(/(?:url\(|@import )['"]?(https?:[^'")]+)/g))
      lost.push(`${path}: loads ${address}`)
  }
  return lost
}

function fileOf(dist: string, from: string, to: string, base: string): string | null {
  if (to === '') return from
  if (to.startsWith('/') && !to.startsWith(base)) return null
  const path = posix.normalize(to.startsWith('/') ? to.slice(base.length) : posix.join(dirname(from), to))
  const tried = [path, `${path}.html`, posix.join(path, 'index.html')]
  const found = tried
    .map((each) => join(dist, decodeURIComponent(each)))
    .find((file) => existsSync(file) && statSync(file).isFile())
  return found ? relative(dist, found) : null
}

const unescaped = (text: string) =>
  text
    .replace(/&amp;/g, '&')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
