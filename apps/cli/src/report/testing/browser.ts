// Headless Chromium: what a page says, asks for and shows.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** The path of a Chromium that runs here. */
export const browserPath = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => {
  try {
    execFileSync(name, ['--version'], { stdio: 'pipe', timeout: 30_000 })
    return [execFileSync('which', [name], { encoding: 'utf8' }).trim()]
  } catch {
    return []
  }
})[0]

/** @param gpu flags; by default there is none */
export const openBrowser = (gpu: readonly string[] = ['--disable-gpu']): Promise<Browser> =>
  chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...gpu],
  })

/** An open page, and what has happened in it. */
export interface Visit {
  readonly page: Page
  /** Console messages, errors, dialogs. */
  readonly messages: readonly string[]
  /** Addresses asked for. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

/** Opens an address in a window of this width. Of a page with its script, once the map is there. */
export async function visit(
  browser: Browser,
  address: string,
  { width = 1280, ...options }: BrowserContextOptions & { readonly width?: number } = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, acceptDownloads: true, ...options })
  const page = await context.newPage()
  const [messages, requests]: string[][] = [[], []]
  page.on('console', (message) => messages.push(message.text()))
  page.on('pageerror', (error) => messages.push(error.message))
  page.on('request', (request) => requests.push(request.url()))
  page.on('dialog', (dialog) => {
    messages.push(`dialog: ${dialog.message()}`)
    void dialog.accept()
  })
  await page.goto(address)
  if (options.javaScriptEnabled !== false) await page.locator('.explorer canvas').first().waitFor()
  return { page, messages, requests, close: () => context.close() }
}

/** Numbers of tables that stand on two lines. */
export const brokenNumbers = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll('.stacked td:not(.words)')].flatMap((cell) => {
    const text = [...cell.childNodes].find((node) => node.nodeType === 3)
    if (!text) return []
    const range = document.createRange()
    range.selectNodeContents(text)
    return range.getClientRects().length > 1 ? [cell.textContent] : []
  })`)

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What axe-core finds wrong with a page: the rules, and where. */
export async function faults(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy lets no script in.
  await page.evaluate(`${(await import('node:fs')).readFileSync(axe, 'utf8')}; 0`)
  const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: { id: string; nodes: { target: string[] }[] }[]
  }
  return found.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ target }) => target.join(' '))
        .slice(0, 3)
        .join(', ')}`,
  )
}
