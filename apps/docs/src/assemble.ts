// Writes the pages of the site, whole and plain, below .pages/, which VitePress then builds.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { apiPages } from './api'
import { commandsPage } from './commands'
import { withDiagrams } from './diagrams'
import { withFigures } from './figures'
import { relative, withLinks } from './links'
import { llmsFullText, llmsText, type Told } from './llms'
import { optionPages, optionsTable, presetsTable } from './options'
import { pages, titleOf } from './pages'
import { root, textOf } from './repository'
import { rankOf, sectionOf, sections } from './sections'
import { withSnippets } from './snippets'

/** Where the assembled pages lie. */
export const assembled = join(root, 'apps/docs/.pages')
const playground = join(root, 'apps/playground/dist')

export interface Wanted {
  /** Address below which the site stands, `/` or `/name/`. */
  readonly base: string
  /** Packages whose API is shown; all by default. TypeDoc takes half a minute for all. */
  readonly api?: readonly string[]
  /** Address of the repository's files: links to files that are no pages lead there, and are only text without it. */
  readonly repository?: string
}

/** Assembles the site. */
export async function assemble({ base, api, repository }: Wanted): Promise<Told[]> {
  rmSync(assembled, { recursive: true, force: true })
  const all = pages()
  const texts = new Map<string, string>()
  for (const page of all) {
    const shown = withFigures(withSnippets(textOf(page.source), page.source))
    const text = withLinks(await withSettings(shown), page, all, repository, (image) => {
      for (const folder of ['', 'public']) cpSync(join(root, image), join(assembled, folder, 'images', basename(image)))
      return relative(page.path, `images/${basename(image)}`)
    })
    texts.set(page.path, withPlayground(text))
  }
  for (const [path, text] of await optionPages()) texts.set(path, text)
  texts.set('reference/commands.md', await commandsPage())
  for (const [path, text] of await apiPages(api)) texts.set(path, text)

  const told = [...texts]
    .map(([path, text]) => ({ path, text, title: titleOf(text), section: sectionOf(path) }))
    .sort((a, b) => order(a) - order(b) || rankOf(a.path) - rankOf(b.path) || (a.path < b.path ? -1 : 1))
  const untitled = told.filter(({ title }) => title === '').map(({ path }) => path)
  if (untitled.length > 0) throw new Error(`pages without a title: ${untitled.join(', ')}`)
  for (const { path, text } of told) {
    write(path, withDiagrams(text))
    write(join('public', path), text)
  }
  write('public/llms.txt', llmsText(told, base))
  write('public/llms-full.txt', llmsFullText(told, base))
  write('site.json', JSON.stringify(told.map(({ path, title, section }) => ({ path, title, section }))))
  if (existsSync(playground)) cpSync(playground, join(assembled, 'public/playground'), { recursive: true })
  return told
}

const order = ({ section }: { section: string }) => sections.findIndex(({ text }) => text === section)

function write(path: string, text: string): void {
  const file = join(assembled, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const settings = /^<!-- settings: ([\w, ]+) -->$/gm

/** `<!-- settings: sp2ot, p2ot -->` becomes the options of these pipelines and their presets. */
async function withSettings(text: string): Promise<string> {
  const found = new Map<string, string>()
  for (const [mark, names] of text.matchAll(settings)) {
    const parts = names.split(', ').map(async (name) => {
      const presets = presetsTable(name)
      return [
        `### Options of \`${name}\``,
        await optionsTable('pipeline', name),
        `### Presets of \`${name}\``,
        presets,
      ].join('\n\n')
    })
    found.set(mark, ['## Settings', ...(await Promise.all(parts))].join('\n\n'))
  }
  return text.replace(settings, (mark) => found.get(mark)!)
}

/** `<!-- playground -->` becomes the playground and a link to it, or says that this build has none. */
const withPlayground = (text: string): string =>
  text.replace(
    /^<!-- playground -->$/m,
    existsSync(playground)
      ? [
          '<iframe class="playground" src="./playground/" title="The playground" loading="lazy"></iframe>',
          '<a class="open-playground" href="./playground/" target="_self">Open it in the whole window</a>',
        ].join('\n\n')
      : 'This copy of the site was built without the playground: `apps/playground` had not been built.',
  )
