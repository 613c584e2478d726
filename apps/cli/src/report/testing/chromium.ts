// Headless Chromium over the DevTools protocol through pipes: what a page says, asks for and shows.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** The name of a Chromium that runs here. */
export const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find((name) => {
  try {
    return execFileSync(name, ['--version'], { stdio: 'pipe', timeout: 30_000 }).length > 0
  } catch {
    return false
  }
})

/** What happened while a page was open. */
export interface Visit {
  /** Console messages, errors, dialogs. */
  readonly messages: readonly string[]
  /** Addresses asked for. */
  readonly requests: readonly string[]
  /** What the expression gave. */
  readonly value: unknown
  /** A PNG of the whole page. */
  readonly screenshot: Buffer
}

/** Opens an address at this width, evaluates an expression in the loaded page, and closes. */
export async function visit(address: string, expression: string, width = 1280): Promise<Visit> {
  const profile = mkdtempSync(join(tmpdir(), 'dc-chromium-'))
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--remote-debugging-pipe']
  const browser = spawn(chromium!, [...flags, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // A group of its own, so that its helpers end with it.
    detached: true,
  })
  const closed = new Promise((resolve) => browser.once('close', resolve))
  try {
    const [to, from] = [browser.stdio[3] as Writable, browser.stdio[4] as Readable]
    return await look(protocol(to, from), address, expression, width)
  } finally {
    if (browser.pid !== undefined) process.kill(-browser.pid, 'SIGKILL')
    await closed
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 20 })
    } catch {
      // A helper that still writes there: what is left in the folder of temporary files says nothing of the page.
    }
  }
}

type Members = Record<string, unknown>
type Listener = (method: string, params: Members) => void

/** Messages are JSON with a zero byte behind each. */
function protocol(to: Writable, from: Readable) {
  const waiting = new Map<number, { resolve: (result: Members) => void; reject: (error: Error) => void }>()
  const listeners: Listener[] = []
  let [last, rest] = [0, '']
  from.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\0')
    rest = parts.pop()!
    for (const part of parts) {
      const { id, result, error, method, params } = JSON.parse(part)
      const answer = waiting.get(id)
      if (answer && error) answer.reject(new Error(`${error.message}`))
      else if (answer) answer.resolve(result)
      else for (const listener of listeners) listener(method, params)
    }
  })
  const send = (method: string, params: Members = {}, sessionId?: string) =>
    new Promise<Members>((resolve, reject) => {
      waiting.set(++last, { resolve, reject })
      to.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`)
    })
  return { send, listen: (listener: Listener) => void listeners.push(listener) }
}

async function look(
  { send, listen }: ReturnType<typeof protocol>,
  address: string,
  expression: string,
  width: number,
): Promise<Visit> {
  const [messages, requests]: string[][] = [[], []]
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = (await send('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string }
  const page = (method: string, params?: Members) => send(method, params, sessionId)
  listen((method, params) => {
    if (method === 'Network.requestWillBeSent') requests.push((params.request as { url: string }).url)
    if (method === 'Page.javascriptDialogOpening') {
      messages.push(`dialog: ${params.message}`)
      void page('Page.handleJavaScriptDialog', { accept: true })
    }
    if (/^(Runtime\.(consoleAPICalled|exceptionThrown)|Log\.entryAdded)$/.test(method))
      messages.push(`${method}: ${JSON.stringify(params)}`)
  })
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await page(`${domain}.enable`)
  const metrics = { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 }
  await page('Emulation.setDeviceMetricsOverride', metrics)
  const evaluate = async (code: string) => {
    const options = { expression: code, returnByValue: true, awaitPromise: true }
    const { result } = (await page('Runtime.evaluate', options)) as { result: { value: unknown } }
    return result.value
  }
  await page('Page.navigate', { url: address })
  // The load event of the blank page before may come late, and is none of this one.
  const isLoaded = `document.readyState === 'complete' && location.href === ${JSON.stringify(address)}`
  while ((await evaluate(isLoaded).catch(() => false)) !== true) await new Promise((resolve) => setTimeout(resolve, 50))
  const value = await evaluate(expression)
  const shot = await page('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true })
  return { messages, requests, value, screenshot: Buffer.from(shot.data as string, 'base64') }
}
