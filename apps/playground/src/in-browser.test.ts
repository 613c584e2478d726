// The page in headless Chromium: what people do there, and what they take along.
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cpu, initBackend, wasm } from '@dc/core'
import { loadOptdigits } from '@dc/data'
import { efficientnetLite0 } from '@dc/encoder-efficientnet-lite0'
import { accuracy, contingencyTable } from '@dc/metrics'
import { fit, load } from '@dc/pipelines'
import type { Browser, Download, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dclust, temporaryFolder } from '../../../tests/cli/dclust'
import { full } from '../../../tests/full'
import { browserPath, faults, openBrowser } from '../../cli/src/report/testing/browser'
import { servePage } from './testing/served-page'
import { encoderFacts } from './worker/encoder-facts'
import type { MethodName } from './worker/messages'

if (!browserPath)
  console.log('the playground is not tested in a browser here: no chromium, chromium-browser or google-chrome')

const fitDigits = fileURLToPath(new URL('./testing/fit-digits.ts', import.meta.url))
const patience = full ? 3_000_000 : 600_000

describe.skipIf(!browserPath)('the playground in headless Chromium', { timeout: patience }, () => {
  let browser: Browser
  let served: Awaited<ReturnType<typeof servePage>>
  beforeAll(async () => {
    served = await servePage()
    browser = await openBrowser()
  }, patience)
  afterAll(async () => {
    await browser?.close()
    served?.close()
  })

  async function open({
    width = 1280,
    colorScheme = 'light' as 'light' | 'dark',
    query = '',
    at = served.address,
  } = {}) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, acceptDownloads: true })
    context.setDefaultTimeout(full ? patience : 60_000)
    const page = await context.newPage()
    const [messages, requests]: string[][] = [[], []]
    page.on('console', (message) => messages.push(message.text()))
    page.on('pageerror', (error) => messages.push(error.message))
    context.on('request', (request) => requests.push(request.url()))
    await page.goto(`${at}${query}`)
    await page.getByRole('heading', { name: 'Your rows' }).waitFor()
    return { page, messages, requests, close: () => context.close() }
  }

  it('says what is wrong with a file in the words of the library, and shows a hostile name as text', async () => {
    const { page, messages, close } = await open({ width: 390 })
    const give = (name: string, text: string) =>
      page
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
    await give('<b>x</b>.csv', 'a,b\n1,2\n3,oops\n')
    const told = page.getByRole('alert')
    await told.filter({ hasText: "'<b>x</b>.csv', record 3, column 'b': 'oops'" }).waitFor()
    await give('notes.txt', 'text')
    await told.filter({ hasText: '.csv, .csv.gz, .npy, .npy.gz, .npz, .parquet' }).waitFor()
    expect(await faults(page)).toEqual([])
    await give('<img src=x>.csv', ',a,b\n0,1,2\n1,3,4\n2,5,7\n')
    await page.getByRole('heading', { name: '<img src=x>.csv' }).waitFor()
    await page
      .getByText("left out the first column, which has no name: it numbers the rows; option index: 'keep' keeps it")
      .waitFor()
    expect(await wider(page)).toBe(0)
    expect(messages).toEqual([])
    await close()
  })

  it('reads a table as it is told, by the names that messages have for options', async () => {
    const { page, messages, close } = await open({ width: 390 })
    const give = (...names: string[]) =>
      page
        .locator('input[type=file]')
        .first()
        .setInputFiles(names.map((name) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(german) })))
    const german = 'n;a;b;words;kind\n0;1,5;2;x y;u\n1;3,5;4;z;v\n5;5,5;6;z;v\n'
    const told = page.getByRole('alert')
    await give('own.csv')
    await told.filter({ hasText: "say so with option delimiter: ';'" }).waitFor()
    // Where it has gone wrong, what may be said stands open.
    await page.getByLabel('delimiter').selectOption(';')
    await page.getByLabel('label').first().fill('kind')
    await page.getByLabel('ignore').fill('words, 0')
    await give('own.csv', 'other.csv')
    await told.filter({ hasText: "delimiter: got ';'; allowed: one table" }).waitFor()
    await give('own.csv')
    await told.filter({ hasText: "column 'a': '1,5' is not a finite number; option decimal: ','" }).waitFor()
    await page.getByLabel('decimal').selectOption(',')
    expect(await faults(page)).toEqual([])
    expect(await wider(page)).toBe(0)
    await page.getByRole('button', { name: 'Read own.csv again' }).click()
    await page.getByRole('heading', { name: 'own.csv' }).waitFor()
    expect(await page.locator('.facts dd').allInnerTexts()).toEqual(['3', '2 numbers', '2: u, v'])
    expect(messages).toEqual([])
    await close()
  })

  it('trains, moves the map, ends early, and gives labels and a model that Node reads; nothing is asked for elsewhere', async () => {
    const { page, messages, requests, close } = await open()
    await page.getByRole('button', { name: 'Take 1,797 digits' }).click()
    await choose(page, 'BootSC')
    await page.getByRole('button', { name: 'Train' }).click()
    await page.locator('.explorer canvas').first().waitFor()
    await page.getByText(/\d+ of 40/).waitFor()
    // While it trains, too.
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Enough: label by what it has learned' }).click()
    await page.getByRole('heading', { name: 'Result' }).waitFor()
    expect(await page.getByText(/\d+, ended early/).count()).toBe(1)
    expect(await page.getByText('ONNX Runtime in WebAssembly, one thread').count()).toBe(1)
    await page.locator('.card').nth(9).waitFor()
    expect(await page.locator('.card').count()).toBe(10)
    await sameInNode(page)
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [390, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      expect(await faults(page)).toEqual([])
      expect(await wider(page)).toBe(0)
    }
    expect(messages).toEqual([])
    expect(requests.filter((url) => !/^(blob:|data:)/.test(url) && !url.startsWith(served.address))).toEqual([])
    // The policy holds in the worker too.
    const stopped = await page.workers()[0].evaluate(`new Promise((done) => {
      addEventListener('securitypolicyviolation', ({ effectiveDirective }) => done(effectiveDirective))
      fetch('http://127.0.0.1:9/').catch(() => setTimeout(done, 5000, 'nothing'))
    })`)
    expect(stopped).toBe('connect-src')
    await close()
  })

  it('describes pictures by the encoder of dclust, and clusters them', async () => {
    const encoder = await efficientnetLite0({ threads: 1 })
    expect(encoder).toMatchObject(encoderFacts)
    encoder.dispose?.()
    const { page, messages, close } = await open()
    const files = await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const background = at % 2 === 0 ? '#c02020' : '#2040d0'
        const buffer = await sharp({ create: { width: 40 + at, height: 32, channels: 3, background } })
          .png()
          .toBuffer()
        return { name: `picture-${at}.png`, mimeType: 'image/png', buffer }
      }),
    )
    files.push({ name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
    await page.locator('input[type=file]').first().setInputFiles(files)
    await page.getByText('1,280 numbers by efficientnet-lite0').waitFor()
    await page.getByText('left out 1 of 13 pictures, which cannot be decoded').waitFor()
    await page.getByRole('textbox', { name: /Clusters/ }).fill('2')
    await page.getByRole('button', { name: 'Cluster', exact: true }).click()
    await page.getByRole('heading', { name: 'Result' }).waitFor()
    const { bytes } = await saved(page, 'Download labels.csv')
    const found = new Map(
      bytes
        .toString()
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => [line.split(',')[1], line.split(',')[2]]),
    )
    const labels = Array.from({ length: 12 }, (_, at) => found.get(`picture-${at}.png`))
    expect(labels).toEqual(labels.map((_, at) => labels[at % 2]))
    expect(new Set(labels).size).toBe(2)
    const model = await load((await saved(page, 'Download the model')).bytes, { backend: false })
    expect(model.facts.about.data).toMatchObject({
      encoder: { name: encoderFacts.name, facts: { checksum: encoderFacts.checksum } },
    })
    expect(messages).toEqual([])
    await close()
  })

  it('learns in an isolated page, by threads where the policy lets it have them, until it is cancelled for another method', async () => {
    const isolated = await servePage({ isolated: true })
    // Threads that share their cores with other tests wait for each other.
    for (const [backend, told] of [
      ...(full ? ([['onnx-web', /ONNX Runtime in WebAssembly, \d+ threads/]] as const) : []),
      ['wasm', "tfjs's WebAssembly kernels, one thread"],
    ] as const) {
      const { page, messages, close } = await open({ at: isolated.address, query: `?backend=${backend}` })
      await page.getByRole('button', { name: 'Take 1,797 digits' }).click()
      await choose(page, 'BootSC')
      await page.getByRole('button', { name: 'Train' }).click()
      await page.getByText(/[1-9]\d* of 40/).waitFor({ timeout: patience })
      expect(await page.getByText(told).count()).toBe(1)
      // Another method may be asked for while the rows are read again.
      await page.getByRole('button', { name: 'Cancel' }).click()
      await choose(page, 'k-means')
      await page.getByRole('button', { name: 'Cluster', exact: true }).click()
      await page.getByRole('heading', { name: 'Result' }).waitFor()
      expect(messages).toEqual([])
      await close()
    }
    isolated.close()
  })

  it.skipIf(!full)('cancels what runs, and goes on with another method', async () => {
    const { page, messages, close } = await open()
    await page.getByRole('button', { name: 'Take 1,797 digits' }).click()
    await choose(page, 'SP²OT')
    await page.getByRole('button', { name: 'Train' }).click()
    await page.locator('.explorer canvas').first().waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(await page.locator('.explorer canvas').count()).toBeGreaterThan(0)
    const digits = await loadOptdigits()
    for (const [method, title] of [
      ['kmeans', 'k-means'],
      ['spectral', 'Spectral clustering'],
      ['leiden', 'Leiden'],
    ] as [MethodName, string][]) {
      await choose(page, title)
      await page.getByRole('button', { name: 'Cluster', exact: true }).click()
      await page.getByRole('heading', { name: 'Result' }).waitFor()
      await page
        .getByRole('status')
        .filter({ hasText: `${title}:` })
        .waitFor()
      // In float64 nothing depends on where it is computed.
      const { labels } = await fit(digits, { method, k: 10, seed: 0 })
      expect(labelsOf((await saved(page, 'Download labels.csv')).bytes)).toEqual([...labels])
    }
    expect(messages).toEqual([])
    await close()
  })

  it.skipIf(!full)('trains on WebGPU, by a software adapter if that is asked for', async () => {
    const withGpu = await openBrowser(['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'])
    const page = await withGpu.newPage()
    page.setDefaultTimeout(patience)
    await page.goto(`${served.address}?backend=webgpu`)
    await page.getByRole('button', { name: 'Take 1,797 digits' }).click()
    await choose(page, 'BootSC')
    await page.getByRole('button', { name: 'Train' }).click()
    await page.locator('.explorer canvas').first().waitFor()
    await page.getByRole('button', { name: 'Enough: label by what it has learned' }).click()
    await page.getByRole('heading', { name: 'Result' }).waitFor()
    expect(await page.getByText(/WebGPU on google swiftshader/).count()).toBe(1)
    await withGpu.close()
  })

  it('says which backends there are, where another is asked for', async () => {
    const { page, close } = await open({ query: '?backend=abacus' })
    await page.getByRole('button', { name: 'Take 1,797 digits' }).click()
    await choose(page, 'BootSC')
    await page.getByRole('button', { name: 'Train' }).click()
    await page.getByRole('alert').filter({ hasText: 'webgpu, onnx-web, wasm, cpu' }).waitFor()
    await close()
  })

  it.skipIf(!full).each([
    ['bootsc', 'BootSC'],
    ['otdc', 'OTDC'],
    ['sp2ot', 'SP²OT'],
  ] as [MethodName, string][])('trains %s on the digits as well as Node does', async (method, title) => {
    const { page, messages, close } = await open()
    await page.getByRole('button', { name: 'Take 1,797 digits' }).click()
    await choose(page, title)
    const begun = performance.now()
    await page.getByRole('button', { name: 'Train' }).click()
    await page.getByRole('heading', { name: 'Result' }).waitFor()
    const seconds = (performance.now() - begun) / 1000
    const digits = await loadOptdigits()
    const scoreOf = (labels: Int32Array) => accuracy(contingencyTable(digits.labels!, labels))
    const own = scoreOf(await sameInNode(page))
    await close()
    const inNode = async (backend: string) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', fitDigits, method, backend], {
        env: { ...process.env, TSX_TSCONFIG_PATH: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)) },
      })
      const { labels, seconds } = JSON.parse(stdout) as { labels: number[]; seconds: number }
      return { score: scoreOf(Int32Array.from(labels)), seconds }
    }
    const [same, fast] = [await inNode('onnx-web'), await inNode('onnx')]
    const told = ({ score, seconds }: typeof same) => `${score.toFixed(3)} in ${seconds.toFixed(0)} s`
    console.log(
      `${method}: ${told({ score: own, seconds })} in the page; ${told(same)} by its backend in Node, ${told(fast)} by onnx`,
    )
    expect(Math.abs(own - same.score)).toBeLessThan(0.03)
    // Roundings send a training elsewhere, which may be better; the page must not be worse.
    expect(own).toBeGreaterThan(fast.score - 0.03)
    expect(messages).toEqual([])
  })
})

/** Picks a method of the form. */
async function choose(page: Page, title: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${title}`) }).check()
}

/** How many pixels the page is wider than its window. */
const wider = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth') as Promise<number>

async function saved(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const waiting: Promise<Download> = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  const download = await waiting
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

/** The column of labels in a labels.csv. */
const labelsOf = (csv: Buffer): number[] =>
  csv
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[2]))

/** The labels that the page gives; `load` and `dclust predict` give the rows the same by the model that it gives. */
async function sameInNode(page: Page): Promise<Int32Array> {
  const csv = await saved(page, 'Download labels.csv')
  expect(csv.bytes.toString()).toMatch(/^row,name,label,truth,class,certainty,x,y,kmeans\n/)
  const labels = Int32Array.from(labelsOf(csv.bytes))
  const model = await saved(page, 'Download the model')
  expect(model.name).toMatch(/^optdigits-\w+\.dclust$/)
  await initBackend([wasm.create({}, {}), cpu.create({}, {})])
  const read = await load(model.bytes)
  expect([...(await read.predict(await loadOptdigits()))]).toEqual([...labels])
  const folder = temporaryFolder()
  writeFileSync(folder.file(model.name), model.bytes)
  const told = await dclust(['predict', folder.file(model.name), 'optdigits', '--json', '--backend', 'wasm'])
  folder.remove()
  expect(told.code, told.stderr).toBe(0)
  expect(JSON.parse(told.stdout).labels).toEqual([...labels])
  return labels
}
