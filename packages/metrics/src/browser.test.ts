// The package as an ES module in a browser: what it is made of, and its scores in headless Chromium where there is one.
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as metrics from './index'

const { metafile, outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('./index.ts', import.meta.url))],
  tsconfig: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)),
  bundle: true,
  write: false,
  platform: 'browser',
  format: 'esm',
  metafile: true,
  logLevel: 'silent',
})

/** Scores of every kind; the browser gets the text of this function. */
function someScores(of: typeof metrics) {
  const truth = Int32Array.from({ length: 300 }, (_, i) => i % 7)
  const labels = Array.from(truth, (label, i) => (i % 3 === 0 ? (i * i) % 5 : label + 10))
  const features = Float64Array.from({ length: 600 }, (_, at) => Math.sin(at * at) + truth[at >> 1])
  return {
    accuracy: of.accuracy(truth, labels),
    nmi: of.normalizedMutualInformation(truth, labels, { average: 'max' }),
    ami: of.adjustedMutualInformation(truth, labels),
    ari: of.adjustedRandIndex(truth, labels),
    silhouette: of.silhouette({ values: features, shape: [300, 2] }, truth),
    daviesBouldin: of.daviesBouldin({ values: features, shape: [300, 2] }, truth),
    recall: of.retrievalScores({ values: features, shape: [300, 2] }, truth).recall[1],
    plugins: of.plugins.length,
  }
}

describe('in a browser', () => {
  it('bundles without Node modules and without tfjs', () => {
    expect(Object.keys(metafile.inputs).filter((file) => /tfjs|tensorflow/.test(file))).toEqual([])
  })
})

const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find((name) => {
  try {
    return execFileSync(name, ['--version'], { stdio: 'pipe', timeout: 30_000 }).length > 0
  } catch {
    return false
  }
})
if (!chromium) console.log('metrics are not tested in a browser here: no chromium, chromium-browser or google-chrome')

describe.skipIf(!chromium)('in headless Chromium', () => {
  const profile = mkdtempSync(join(tmpdir(), 'dc-chromium-'))
  let server: Server
  beforeAll(async () => {
    const page = `<!doctype html><meta charset="utf-8"><script type="module">
      import * as metrics from './metrics.js'
      ${someScores}
      document.body.textContent = JSON.stringify(someScores(metrics))
    </script>`
    server = createServer(({ url }, response) => {
      const script = url === '/metrics.js'
      response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html')
      response.end(script ? outputFiles[0].text : page)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => {
    server.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  })

  it('scores as in Node', { timeout: 120_000 }, async () => {
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      `--user-data-dir=${profile}`,
    ]
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const { stdout } = await promisify(execFile)(chromium!, [...flags, '--dump-dom', address], { timeout: 110_000 })
    const found = JSON.parse(/<body>(.*)<\/body>/s.exec(stdout)?.[1] || '{}')
    const expected = someScores(metrics)
    expect(Object.keys(found)).toEqual(Object.keys(expected))
    for (const [name, score] of Object.entries(expected)) expect(found[name], name).toBeCloseTo(score, 12)
  })
})
