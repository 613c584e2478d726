import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'

interface Shown {
  readonly path: string
  readonly title: string
  readonly section: string
}

const here = fileURLToPath(new URL('..', import.meta.url))
const pages: Shown[] = JSON.parse(readFileSync(`${here}.pages/site.json`, 'utf8'))
const sections = [...new Set(pages.map(({ section }) => section))]

export default defineConfig({
  title: 'Deep clustering',
  description: 'Composable deep clustering for TypeScript: cluster embeddings, photos and texts in Node and in a page',
  srcDir: '.pages',
  outDir: 'dist',
  cacheDir: 'node_modules/.cache/vitepress',
  // The Markdown beside the pages is for programs.
  srcExclude: ['public/**'],
  // A link to a page that does not exist ends the build; places within pages are checked after it.
  metaChunk: true,
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  // Braces in prose are sets, not attributes.
  markdown: {
    math: true,
    attrs: { disable: true },
    theme: { light: 'github-light', dark: 'github-dark' },
    config: ({ renderer }) => {
      const plain = renderer.rules.code_inline!
      // Paths and options of options may go on in another line, names may not.
      renderer.rules.code_inline = (...of) => plain(...of).replace(/(?<=>.*[.,/])(?=[A-Za-z{["&].*<\/code>)/gs, '<wbr>')
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'Which method', link: '/which-method' },
      { text: 'Guides', link: '/guides/embeddings' },
      { text: 'Systems', link: '/systems/' },
      { text: 'Benchmarks', link: '/benchmarks/' },
      { text: 'Playground', link: '/try' },
    ],
    sidebar: sections.map((section, at) => ({
      text: section,
      collapsed: at > 2,
      items: pages
        .filter((page) => page.section === section)
        .map(({ path, title }) => ({ text: title, link: `/${path.replace(/(index)?\.md$/, '')}` })),
    })),
  },
})
