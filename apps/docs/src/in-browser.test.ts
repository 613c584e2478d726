// The built site in headless Chromium, from a server of files that knows nothing else: `npm run site` builds it.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './repository'

const dist = join(root, 'apps/docs/dist')
const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)
const built = existsSync(join(dist, 'index.html'))
/** Where the site was built to stand, `/` by default. */
const base = built ? (/href="([^"]*\/)assets\//.exec(readFileSync(join(dist, 'index.html'), 'utf8'))?.[1] ?? '/') : '/'
if (!built || !chromiumPath)
  console.log(`the site is not tested in a browser here: ${built ? 'no Chromium' : 'npm run site has not built it'}`)

const kinds: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** Names in tables that are broken over two lines: a table scrolls where it has no room. */
const brokenNames = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll('table code')]
    .filter((code) => /^\\w+$/.test(code.textContent) && code.getClientRects().length > 1)
    .map((code) => code.textContent)`)

describe.skipIf(!built || !chromiumPath)('the site', { timeout: 120_000 }, () => {
  let server: Server
  let browser: Browser
  let address = ''
  beforeAll(async () => {
    server = createServer(({ url = '/' }, response) => {
      const path = decodeURIComponent(new URL(url, 'http://localhost').pathname).replace(base, '/')
      const file = [join(dist, path), join(dist, `${path}.html`), join(dist, path, 'index.html')].find(
        (each) => existsSync(each) && statSync(each).isFile(),
      )
      if (!file) return void response.writeHead(404).end()
      response
        .writeHead(200, { 'content-type': kinds[extname(file)] ?? 'application/octet-stream' })
        .end(readFileSync(file))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${base.slice(0, -1)}`
    const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']
    browser = await chromium.launch({ executablePath: chromiumPath, args })
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    server.close()
  })

  /** An open page, what it said, and what it asked for elsewhere. */
  async function visit(path: string, width: number, colorScheme: 'light' | 'dark') {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
    const page = await context.newPage()
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(error.message))
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address))
        said.push(`asked for ${request.url()}`)
    })
    await page.goto(`${address}${path}`)
    return { page, said, context }
  }

  it.each([
    ['/', 1280, 'light'],
    ['/', 390, 'dark'],
    ['/which-method', 390, 'light'],
    ['/systems/sp2ot', 1280, 'dark'],
    ['/systems/bootsc', 390, 'light'],
    ['/guides/embeddings', 390, 'dark'],
    ['/reference/options/pipeline', 390, 'light'],
  ] as const)('%s is whole at %d pixels, %s, and asks for nothing elsewhere', async (path, width, scheme) => {
    const { page, said, context } = await visit(path, width, scheme)
    await page.locator('h1').first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    expect(await brokenNames(page)).toEqual([])
    expect(said).toEqual([])
    await context.close()
  })

  it('draws formulas and diagrams without a script', () => {
    const text = readFileSync(join(dist, 'systems/bootsc.html'), 'utf8')
    expect(text.match(/<mjx-container/g)?.length).toBeGreaterThan(10)
    expect(text).toMatch(/<figure class="diagram"[\s\S]*polarFactor/)
    expect(text).not.toMatch(/merror|googleapis/)
    expect(text).toContain('id="options-of-bootsc"')
  })

  it('finds words without a network', async () => {
    const { page, said, context } = await visit('/quick-start', 1280, 'light')
    await page.locator('#local-search button').first().click()
    await page.locator('#localsearch-input').fill('polar factor straight-through')
    await page.locator('.VPLocalSearchBox .result[href*="/systems/bootsc"]').first().click()
    await page.waitForURL(/systems\/bootsc/)
    expect(said).toEqual([])
    await context.close()
  })

  it('has llms.txt, whose links lead to Markdown', () => {
    const text = readFileSync(join(dist, 'llms.txt'), 'utf8')
    const links = [...text.matchAll(/\]\((\/[^)]+)\)/g)].map(([, path]) => path.slice(base.length))
    expect(links.length).toBeGreaterThan(90)
    expect(links.filter((path) => !existsSync(join(dist, path)))).toEqual([])
    expect(readFileSync(join(dist, 'llms-full.txt'), 'utf8')).toContain("method: 'consensus', k: 3")
  })
})
