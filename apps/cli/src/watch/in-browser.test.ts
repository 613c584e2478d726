// A run in headless Chromium while it trains: the map that moves, its grid, and what axe-core says.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@dc/core'
import { findPreset } from '@dc/pipelines'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configOf } from '../config/run-config'
import { brokenNumbers, browserPath, faults, openBrowser, visit } from '../report/testing/browser'
import { largeRun } from '../report/testing/large-run'
import { writeEpoch } from '../run/epoch-lines'
import { RunFolder } from '../run/folder'
import { liveFile, liveRowsFile } from './live'
import { liveRows } from './live-sample'
import { type Watching, watchRuns } from './server'

describe.skipIf(!browserPath)('a run that is watched, in headless Chromium', { timeout: 120_000 }, () => {
  const home = mkdtempSync(join(tmpdir(), 'dc-watch-'))
  let [browser, folder, watching] = [
    null as unknown as Browser,
    null as unknown as RunFolder,
    null as unknown as Watching,
  ]
  const n = 300
  const place = (moved: number) => {
    const random = createRandom(1)
    return {
      labels: Array.from({ length: n }, (_, row) => row % 3),
      places: Array.from(
        { length: 2 * n },
        (_, at) => 0.2 + moved + 0.2 * ((at >> 1) % 3) * (at % 2) + 0.1 * random.uniform(),
      ),
    }
  }
  const tell = (epoch: number, moved: number) =>
    folder.writeJson(liveFile, { label: 'seed 0', epoch, epochs: 9, note: 'trains', sample: place(moved) })
  beforeAll(async () => {
    browser = await openBrowser()
    const { dataset } = largeRun(n, 3, 'images')
    folder = await RunFolder.create(join(home, 'runs/one'), { ...configOf(findPreset('bootsc')), k: 3 })
    await folder.writeJson(
      liveRowsFile,
      await liveRows(
        dataset,
        Int32Array.from({ length: n }, (_, row) => row),
      ),
    )
    for (const epoch of [1, 2, 3])
      await writeEpoch(folder, { seed: 0, epoch, seconds: epoch, learningRate: 0.1, logs: { loss: 3 / epoch } })
    await tell(3, 0)
    watching = await watchRuns(join(home, 'runs'))
  }, 120_000)
  afterAll(async () => {
    await watching?.close()
    await folder?.close()
    await browser?.close()
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  })
  const one = () => watching.url.replace('/?', '/run/0?')

  it('has the map, the grid and the pictures of the report; the map moves, and what is chosen stays', async () => {
    const { page, messages, close } = await visit(browser, one())
    expect(await page.locator('#live-state').textContent()).toMatch(/epoch 3 of 9/)
    expect(await page.locator('#live-state .sizes li').count()).toBe(3)
    expect(await page.locator('#live-state .curves svg').count()).toBe(1)
    await page.getByLabel('Clusters', { exact: true }).getByRole('button').nth(1).click()
    await page.getByRole('heading', { name: 'cluster 1: 100 images' }).waitFor()
    expect(await page.locator('.tile .picture').count()).toBe(100)
    await page.getByRole('combobox', { name: /^Colour/ }).selectOption('class')
    const seen = () => page.locator('.field canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
    const before = await seen()
    await tell(4, 0.3)
    await expect.poll(() => page.locator('#live-state').textContent(), { timeout: 20_000 }).toContain('epoch 4 of 9')
    await expect.poll(seen, { timeout: 20_000 }).not.toBe(before)
    // What was chosen and how it is coloured stay.
    expect(await page.locator('.panel h3').textContent()).toBe('cluster 1: 100 images')
    expect(await page.evaluate('location.hash')).toBe('#colour=class&cluster=1')
    expect(messages).toEqual([])
    await close()
  })

  it.each([
    [1280, 'light'],
    [820, 'dark'],
    [390, 'dark'],
    [390, 'light'],
  ] as const)(
    'at %d pixels, %s, has no fault that axe-core finds, and nothing is cut off',
    async (width, colorScheme) => {
      const { page, messages, close } = await visit(browser, one(), { width, colorScheme })
      const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
      expect(await faults(page)).toEqual([])
      expect(await page.evaluate(wider)).toBe(0)
      // The page of all runs.
      await page.getByRole('link', { name: 'all runs' }).click()
      await page.getByRole('heading', { name: '1 run' }).waitFor()
      expect(await faults(page)).toEqual([])
      expect(await page.evaluate(wider)).toBe(0)
      expect(await brokenNumbers(page)).toEqual([])
      expect(await page.locator('.stacked td').first().isVisible()).toBe(true)
      const table = page.getByRole('region', { name: 'All runs' })
      expect(await table.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
      expect(messages).toEqual([])
      await close()
    },
  )
})
