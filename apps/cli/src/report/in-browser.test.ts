// The report in headless Chromium: what people see, do and get there.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseCorrections } from '@dc/pipelines'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fitted } from './names'
import { renderReport } from './page'
import { brokenNumbers, browserPath, faults, openBrowser, visit } from './testing/browser'
import { hostileNames, hostileRun } from './testing/hostile-run'
import { largeRun } from './testing/large-run'

if (!browserPath)
  console.log('the report is not tested in a browser here: no chromium, chromium-browser or google-chrome')

describe.skipIf(!browserPath)('in headless Chromium', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'dc-report-'))
  let browser: Browser
  let images = ''
  const written = async (name: string, { run, dataset }: Parameters<typeof save>[1]) =>
    save(join(folder, name), { run, dataset })
  beforeAll(async () => {
    browser = await openBrowser()
    images = await written('images.html', largeRun(3000, 8, 'images'))
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  describe('a report of 3,000 images', () => {
    it.each([
      [1280, 'light'],
      [820, 'dark'],
      [390, 'light'],
    ] as const)('is whole at %d pixels, %s: nothing is cut off, said or asked for', async (width, colorScheme) => {
      const { page, messages, requests, close } = await visit(browser, images, { width, colorScheme })
      expect(await wider(page)).toBe(0)
      expect(await brokenNumbers(page)).toEqual([])
      expect(await page.locator('#still-map').count()).toBe(0)
      expect(messages).toEqual([])
      expect(requests).toEqual([images])
      await close()
    })

    it('has no fault that axe-core finds, light and dark', async () => {
      const { page, close } = await visit(browser, images)
      expect(await faults(page)).toEqual([])
      await page.locator('.correct summary').click()
      await page.locator('.tile').first().click()
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize({ width: 390, height: 900 })
      expect(await faults(page)).toEqual([])
      await close()
    })

    it('has no button over the map, where a row may be', async () => {
      const { page, close } = await visit(browser, images)
      const canvas = await onScreen(page)
      for (const button of await page.locator('.map button').all())
        expect((await button.boundingBox())!.y).toBeGreaterThanOrEqual(canvas.y + canvas.height)
      await close()
    })

    it('is light on paper, with its colours, without what works on a screen alone', async () => {
      const { page, close } = await visit(browser, images, { colorScheme: 'dark' })
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
      const of = (where: string, property: string) =>
        page
          .locator(where)
          .first()
          .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
      expect(await of('html', '--ink')).toBe('#1b2130')
      expect(await of('.card .dot', 'print-color-adjust')).toBe('exact')
      for (const tool of ['.tools', '.map .corner', '.panel', '.card button', 'details:not([open])'])
        expect(await of(tool, 'display'), tool).toBe('none')
      await close()
    })

    it('shows what is pointed at: picture, name, cluster and class', async () => {
      const { page, close } = await visit(browser, images)
      await page.locator('.tile').first().hover()
      const name = await page.locator('.tile').first().getAttribute('title')
      // The islands lie on a circle, the first one at its right.
      const field = await onScreen(page)
      const at = (share: number) => page.mouse.move(field.x + field.width * share, field.y + field.height / 2)
      await at(0.5)
      await at(0.872)
      await page.locator('.tip b').waitFor()
      expect(name).toMatch(/^folder \d\/file-\d+\.png, cluster “a class/)
      expect(await page.locator('.tip b').textContent()).toMatch(/^folder 0\/file-\d+\.png$/)
      expect(await page.locator('.tip').textContent()).toContain('cluster: “a class with quite a long name')
      // A drawn picture is not of one colour.
      const colours = () =>
        page.locator('.tip .picture').evaluate((canvas) => {
          const { width, height } = canvas as unknown as { width: number; height: number }
          const context = (canvas as unknown as HTMLCanvasElement).getContext('2d')!
          return new Set(context.getImageData(0, 0, width, height).data).size
        })
      await expect.poll(colours).toBeGreaterThan(20)
      await close()
    })

    it('selects by a lasso; the rows are shown, copied and saved, and the address keeps them', async () => {
      const { page, messages, close } = await visit(browser, images)
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.getByRole('button', { name: 'Lasso' }).click()
      const field = await onScreen(page)
      const corners = [
        [0.7, 0.35],
        [0.99, 0.35],
        [0.99, 0.65],
        [0.7, 0.65],
      ]
      const to = ([x, y]: number[]) =>
        page.mouse.move(field.x + x * field.width, field.y + y * field.height, { steps: 4 })
      await to(corners[0])
      await page.mouse.down()
      for (const corner of corners.slice(1)) await to(corner)
      await page.mouse.up()
      // The first island, whole.
      await page.getByRole('heading', { name: '375 images in the lasso' }).waitFor()
      expect(await page.locator('[role=status]').textContent()).toBe('375 rows selected')
      await page.getByRole('button', { name: 'Copy names' }).click()
      await page.getByText('375 names copied').waitFor({ state: 'attached' })
      const copied = (await page.evaluate('navigator.clipboard.readText()')) as string
      expect(copied.split('\n')).toHaveLength(375)
      expect(copied).toMatch(/^folder 0\/file-\d+\.png\n/)
      const saving = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Download CSV' }).click()
      const csv = readFileSync(await (await saving).path(), 'utf8')
        .trim()
        .split('\n')
      expect(csv).toHaveLength(1 + 375)
      expect(csv[0]).toBe('row,name,label,cluster,class,certainty,kmeans,spectral')
      expect(csv[1]).toMatch(/^\d+,folder 0\/file-\d+\.png,0,"“a class[^,]*”",a class[^,]*,[\d.]+,\d,\d$/)
      await expect.poll(() => page.evaluate('location.hash')).toContain('lasso=')
      const address = (await page.evaluate('location.href')) as string
      expect(messages).toEqual([])
      await close()
      const again = await visit(browser, address)
      await again.page.getByRole('heading', { name: '375 images in the lasso' }).waitFor()
      await again.close()
    })

    it('shows a cluster in map, grid and cards, from any of them', async () => {
      const { page, close } = await visit(browser, images)
      await page.getByLabel('Clusters', { exact: true }).getByRole('button').nth(2).click()
      await page.getByRole('heading', { name: /name 2”: 375 images/ }).waitFor()
      await expect.poll(() => page.evaluate('location.hash')).toBe('#cluster=2')
      for (const name of ['certainty', 'class', 'right', 'kmeans'])
        await page.getByRole('combobox', { name: /^Colour/ }).selectOption(name)
      await expect.poll(() => page.evaluate('location.hash')).toBe('#colour=kmeans&cluster=2')
      const card = page.locator('.card').nth(5)
      await card.getByRole('button', { name: /^Show “a class.*” on the map$/ }).click()
      await expect.poll(() => page.locator('.card.chosen').count()).toBe(1)
      expect(await card.getAttribute('class')).toContain('chosen')
      const name = await card.locator('h3').textContent()
      expect(await page.locator('.panel h3').textContent()).toBe(`${name}: 375 images`)
      expect(await page.evaluate('document.activeElement.id')).toBe('map')
      // The matrix frames its column, the chart of sizes its bar, and so do the pairs that it is confused with.
      const framed = () => page.locator('.drawn > i.chosen').evaluateAll((all) => all.map((one) => one.dataset.cluster))
      expect(await framed()).toEqual(['5', '5'])
      expect(await page.locator('.pairs > .chosen').count()).toBeGreaterThan(0)
      // Any part of a card is its button.
      await page.locator('.card').nth(6).locator('.size').click()
      await page.getByRole('heading', { name: /name 6”: 375 images/ }).waitFor()
      await expect.poll(framed).toEqual(['6', '6'])
      await close()
    })

    it('takes corrections, and saves them as the file that the next run takes', async () => {
      const { page, messages, close } = await visit(browser, `${images}#cluster=2`)
      await page.locator('.correct summary').click()
      await page.getByLabel('New name of the cluster').fill('shoes <b>')
      await page.getByRole('button', { name: 'Rename' }).click()
      await page.getByLabel('Cluster to merge with').selectOption('5')
      await page.getByRole('button', { name: 'Merge with' }).click()
      await page.getByRole('button', { name: 'Split in two' }).click()
      await page.locator('.correct .hint').getByText('Cluster 2 is merged already.').waitFor()
      await page.getByLabel('Search').fill('file-77')
      await page.getByRole('heading', { name: '11 images found' }).waitFor()
      await page.getByRole('button', { name: 'Belong together' }).click()
      await page.locator('.tile').first().click()
      await page.getByRole('button', { name: 'Noise' }).click()
      await page
        .locator('.correct .hint')
        .getByText(/^Row \d+ would be noise and something else.$/)
        .waitFor()
      await page.getByRole('button', { name: 'Take back: 11 rows belong together' }).click()
      await page.getByRole('button', { name: 'Noise' }).click()
      const saving = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Download corrections.json' }).click()
      const saved = await saving
      expect(saved.suggestedFilename()).toBe('corrections.json')
      const corrections = parseCorrections(JSON.parse(readFileSync(await saved.path(), 'utf8')))
      expect(corrections).toMatchObject({
        of: { rows: 3000, k: 8 },
        renames: [{ cluster: 2, name: 'shoes <b>' }],
        merges: [{ clusters: [2, 5] }],
        together: [],
        noise: [expect.any(Number)],
      })
      expect(`${corrections.noise[0]}`).toMatch(/^77/)
      expect(messages).toEqual([])
      await close()
    })

    it('can be worked in by keys alone', async () => {
      const { page, close } = await visit(browser, images)
      const press = async (...keys: string[]) => {
        for (const key of keys) await page.keyboard.press(key)
      }
      await page.getByLabel('Search').focus()
      await page.keyboard.type('file-77.')
      await page.getByRole('heading', { name: '1 image found' }).waitFor()
      await press('Control+a', 'Delete')
      await page.getByRole('heading', { name: 'All 3,000 images' }).waitFor()
      // From the field over both ways of the pointer to the map.
      await press('Tab', 'Tab', 'Tab')
      expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('application')
      // The cross goes from the middle to the first island, at the right.
      for (let step = 0; step < 9; step++) await press('ArrowRight')
      await expect.poll(() => page.locator('[role=status]').textContent()).toMatch(/^folder 0\/file-\d+\.png, “a class/)
      await press('Enter')
      await page.getByRole('heading', { name: '1 image selected' }).waitFor()
      await press('Shift+Enter')
      await page.getByRole('heading', { name: /^\d\d+ images selected/ }).waitFor()
      await press('+', '+')
      await expect.poll(() => page.evaluate('location.hash')).toMatch(/view=/)
      await press('Shift+ArrowLeft', '0')
      await expect.poll(() => page.evaluate('location.hash')).not.toMatch(/view=/)
      await press('l')
      expect(await page.getByRole('button', { name: 'Lasso' }).getAttribute('aria-pressed')).toBe('true')
      await press('Escape')
      await page.getByRole('heading', { name: 'All 3,000 images' }).waitFor()
      await close()
    })

    it('takes no harm from an address that makes no sense', async () => {
      const strange = [
        '#cluster=999',
        '#rows=99999999.1',
        '#lasso=1.2.3',
        '#view=a_b_c',
        '#colour=__proto__&search=%00',
        '#%E0%A4%A',
      ]
      const { page, messages, close } = await visit(browser, images)
      for (const fragment of strange) {
        await page.evaluate((to) => {
          location.hash = to
        }, fragment)
        await page.locator('.panel h3').waitFor()
      }
      expect(messages).toEqual([])
      await close()
    })
  })

  it('a report of 100,000 texts shows, finds and draws all of them', async () => {
    const large = await written('large.html', largeRun(100_000, 24, 'texts'))
    expect(readFileSync(new URL(large)).length).toBeLessThan(8e6)
    const { page, messages, close } = await visit(browser, large)
    await page.getByRole('heading', { name: 'All 100,000 texts' }).waitFor()
    // Half of the map's points are drawn over others; those that are seen are many, and of many colours.
    const inked = () =>
      page.locator('.field canvas').evaluate((canvas) => {
        const { width, height } = canvas as unknown as HTMLCanvasElement
        const pixels = (canvas as unknown as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height).data
        let count = 0
        for (let at = 3; at < pixels.length; at += 4) if (pixels[at] > 0) count++
        return count
      })
    await expect.poll(inked).toBeGreaterThan(20_000)
    await page.getByLabel('Search').fill('text 4711 about')
    await page.getByRole('heading', { name: '1 text found' }).waitFor()
    expect(await page.locator('.tile').textContent()).toContain('text 4711 about the matter 7 & <b>')
    expect(messages).toEqual([])
    await close()
  })

  it('without its script the report is a page to read', async () => {
    const { page, messages, close } = await visit(browser, images, { width: 390, javaScriptEnabled: false })
    expect(await page.locator('#still-map svg').count()).toBe(2)
    expect(await page.locator('#explore').isVisible()).toBe(false)
    expect(await page.locator('[data-show]:visible').count()).toBe(0)
    expect(messages).toEqual([])
    await close()
  })

  describe('a report of hostile names', () => {
    /** An address that notes every request. */
    const asked: string[] = []
    let server: Server
    let address = ''
    beforeAll(async () => {
      server = createServer(({ url }, response) => {
        asked.push(String(url))
        response.end()
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })
    afterAll(() => server.close())

    it.each([
      [1280, true],
      [390, true],
      [390, false],
    ])(
      'shows them literally at %d pixels, script %s; runs nothing, asks for nothing',
      async (width, javaScriptEnabled) => {
        const names = hostileNames(address)
        const file = await written(`hostile-${width}.html`, hostileRun(names))
        const { page, messages, requests, close } = await visit(browser, file, { width, javaScriptEnabled })
        // All that is hidden at first, and every row's tile.
        if (javaScriptEnabled) {
          await page.getByRole('combobox', { name: /^Colour/ }).selectOption('class')
          for (const tile of await page.locator('.tile').all()) await tile.focus()
        }
        const seen = (await page.evaluate(look)) as Looked
        expect(messages).toEqual([])
        expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([file])
        expect(asked).toEqual([])
        expect(seen.title).toBe(flat(`bootsc on ${fitted(names.join(' '), 60)}`))
        const text = flat(seen.page)
        for (const name of names) {
          expect(text).toContain(flat(fitted(name, 60)))
          const short = fitted(name, 22)
          // Along the matrix and the bars in quotes, and on the drawn map.
          for (const shown of javaScriptEnabled || short === '' ? [`“${short}”`] : [short, `“${short}”`])
            expect(seen.charts.map(flat)).toContain(flat(shown))
          expect(seen.words.some((words) => flat(words).endsWith(flat(`truly ${fitted(name, 60)}`)))).toBe(true)
        }
        expect([...new Set(seen.elements)].filter((name) => /^(iframe|object|embed|link)$/.test(name))).toEqual([])
        expect([seen.wide, seen.crushed]).toEqual([0, 0])
        await close()
      },
    )
  })
})

/** Writes a report, and gives its address. */
async function save(path: string, { run, dataset }: ReturnType<typeof largeRun>): Promise<string> {
  writeFileSync(path, await renderReport(run, dataset))
  return pathToFileURL(path).href
}

/** Pixels that a page is wider than its window. */
const wider = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

/** The map, where a pointer can reach all of it. */
async function onScreen(page: Page) {
  await page.locator('.field').evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }))
  return (await page.locator('.field canvas').boundingBox())!
}

const flat = (text: string) => text.replaceAll('\u200b', '').replace(/\s+/g, ' ').trim()

interface Looked {
  title: string
  page: string
  charts: string[]
  words: string[]
  elements: string[]
  wide: number
  crushed: number
}

/** All texts of charts, the text of the page, its titles and words for those who do not see. */
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
