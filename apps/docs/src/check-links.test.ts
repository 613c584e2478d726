import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lostLinks } from './check-links'

it('tells of links to nothing, of places that are not there, and of what is loaded from elsewhere', () => {
  const dist = mkdtempSync(join(tmpdir(), 'dc-site-'))
  mkdirSync(join(dist, 'guides'))
  writeFileSync(
    join(dist, 'index.html'),
    '<h1 id="top"></h1><a class="x" href="/base/guides/a#b&amp;c">a</a><a href="https://x.org">x</a>',
  )
  writeFileSync(
    join(dist, 'guides/a.html'),
    `<h2 id="b&amp;c"></h2><a href="../index.html#top">up</a><a href="#b&amp;c">here</a><a href="/base/">home</a>
<a href="/base/lost">l</a><a href="/">out</a><a href="#none">n</a><script src="https://x.org/a.js"></script><style>@import url('https://x.org/f.css')</style>`,
  )
  expect(lostLinks(dist, '/base/')).toEqual([
    'guides/a.html: /base/lost',
    'guides/a.html: /',
    'guides/a.html: #none, no such place in guides/a.html',
    'guides/a.html: <script> loads https://x.org/a.js',
    'guides/a.html: loads https://x.org/f.css',
  ])
  rmSync(dist, { recursive: true })
})
