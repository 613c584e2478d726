// Whatever names bring, a page shows it as text: nothing runs, nothing is asked for, and nothing else is changed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fitted } from './names'
import { renderReport } from './page'
import type { RunResult } from './run-result'
import { chromium, visit } from './testing/chromium'
import { example } from './testing/example-run'

/** An address that notes every request. */
const asked: string[] = []
let server: Server
let address = ''
const folder = mkdtempSync(join(tmpdir(), 'dc-hostile-'))
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    asked.push(String(url))
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const hostile = () => [
  '<script>alert(1)</script>',
  `"><img src="${address}/img" onerror="alert(2)">`,
  `'><svg onload='alert(3)'>`,
  '</text></svg><script>alert(4)</script>',
  '</title></style><script>alert(5)</script><style>*{display:none}',
  '{b}: {c} ({d}%) {a|rich} {value}',
  `<a href="javascript:alert(6)">x</a>`,
  `<link rel=stylesheet href=${address}/css>`,
  `url(${address}/url)`,
  `<iframe src="${address}/frame"></iframe>`,
  '&lt;b&gt; &amp;amp; &#60;i&#62;',
  ']]><!-- <![CDATA[',
  "=cmd|' /C calc'!A0",
  '+1+1',
  'NUL\u0000 BEL\u0007 ESC\u001b[31mred',
  'a\nb\r\tc',
  'right\u202eto left\u2066',
  'line\u2028 paragraph\u2029 mark\ufeff',
  '__proto__',
  'constructor',
  '食べ物 👩‍👩‍👧 עברית',
  `${'$'}{7*7} {{7*7}} <%= 7*7 %>`,
  `x${'y'.repeat(10_000)}z`,
  '',
]

/** A run in which every text that comes from outside is hostile. */
function hostileRun(names: readonly string[]): ReturnType<typeof example> {
  const all = names.join(' ')
  const { dataset, run } = example({
    name: all,
    labels: Int32Array.from({ length: 24 }, (_, row) => row % names.length),
    classNames: names,
    metadata: Object.fromEntries(names.map((name) => [name, name])),
  })
  const k = names.length
  const shown = { ...run.shown, labels: Int32Array.from({ length: 24 }, (_, row) => row % k), mapMethod: names[0] }
  const unseen = names.map((name) => ({
    name,
    nmi: null,
    nmiSpectral: 0.5,
    recall: { 1: 1 },
    undefinedScores: { nmi: name },
  }))
  const scores = { ...run.seeds[0], sizes: Array(k).fill(1), acc: null, undefinedScores: { acc: all } }
  const result: RunResult = {
    ...run,
    dataset,
    k,
    shown,
    seeds: [{ ...scores, unseen, history: [Object.fromEntries(names.map((name) => [name, 1]))] }],
    recipe: { name: names[0], description: all },
    labelRule: { name: names[1], description: all },
    backend: { name: names[2], description: all, attempts: names.map((name) => ({ name, used: false, reason: name })) },
    failures: Object.fromEntries(names.map((name) => [`the ${name}`, name])),
    config: { names, [names[0]]: names[1] },
    environment: { command: all, [names[3]]: names[4] },
  }
  return { run: result, dataset }
}

describe('a report of hostile names', () => {
  it('has no element, attribute or address that is not its own', async () => {
    const plain = example()
    const [page, tame] = [hostileRun(hostile()), hostileRun(hostile().map((_, at) => `name ${at}`))]
    const tags = (html: string) => new Set([...html.matchAll(/<\/?[a-z!][\w:-]*/gi)].map(([tag]) => tag.toLowerCase()))
    const html = await renderReport(page.run, page.dataset)
    // Tags in texts would stand here too, for `<` in a text is always escaped.
    expect(tags(html)).toEqual(tags(await renderReport(tame.run, tame.dataset)))
    expect([...tags(html)].filter((tag) => /script|iframe|link|object|embed|^<a$/.test(tag))).toEqual([])
    expect(html).not.toMatch(/<[^>]*\son\w+=/i)
    expect(html).not.toMatch(/<[^>]*(?:src|href)="(?!data:image\/png|#)/i)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/)
    // Nor has any text become a member of all objects.
    for (const all of [Object.prototype, Object, Function.prototype]) expect(Object.keys(all)).toEqual([])
    expect(html.length).toBeLessThan(20 * (await renderReport(plain.run, plain.dataset)).length)
  })
})

if (!chromium) console.log('the report is not tested in a browser here: no chromium, chromium-browser or google-chrome')

describe.skipIf(!chromium)('a report of hostile names in headless Chromium', () => {
  /** All texts of charts, the text of the page, its titles and words for those who do not see, and whether anything ran. */
  const look = `(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
    const of = (selector, read) => [...document.querySelectorAll(selector)].map(read)
    return {
      title: document.title,
      page: document.body.innerText,
      charts: of('svg text', (text) => text.textContent),
      words: of('[title], [alt]', (element) => element.title || element.alt),
      elements: of('body *', (element) => element.localName),
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      crushed: of('svg', (svg) => svg.getBoundingClientRect().height).filter((height) => height < 60).length,
    }
  })()`
  interface Looked {
    title: string
    page: string
    charts: string[]
    words: string[]
    elements: string[]
    wide: number
    crushed: number
  }

  it.each([1280, 390])(
    'shows them literally at %d pixels, runs nothing, asks for nothing',
    { timeout: 120_000 },
    async (width) => {
      const names = hostile()
      const { run, dataset } = hostileRun(names)
      const file = join(folder, `hostile-${width}.html`)
      writeFileSync(file, await renderReport(run, dataset))
      const { messages, requests, value } = await visit(pathToFileURL(file).href, look, width)
      const seen = value as Looked
      expect(messages).toEqual([])
      expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(file).href])
      expect(asked).toEqual([])
      const flat = (text: string) => text.replaceAll('\u200b', '').replace(/\s+/g, ' ').trim()
      expect(seen.title).toBe(flat(`bootsc on ${fitted(names.join(' '), 60)}`))
      const page = flat(seen.page)
      for (const name of names) {
        expect(page).toContain(flat(fitted(name, 60)))
        const short = fitted(name, 22)
        // On the map, and along the matrix and the bars, in quotes.
        for (const shown of short === '' ? ['“”'] : [short, `“${short}”`])
          expect(seen.charts.map(flat)).toContain(flat(shown))
        expect(seen.words.some((words) => flat(words).endsWith(flat(`truly ${fitted(name, 60)}`)))).toBe(true)
      }
      expect(new Set(seen.elements).has('script')).toBe(false)
      expect([seen.wide, seen.crushed]).toEqual([0, 0])
    },
  )
})
