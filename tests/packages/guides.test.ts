// The files that the guides show: each TypeScript file runs here, or is checked by `tsc` alone and says why; so do the lines of the
// shell files, against `dclust`.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRandom } from '@dc/core/random'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { dclust, temporaryFolder } from '../cli/dclust'

const sharp = createRequire(new URL('../../apps/cli/package.json', import.meta.url))('sharp')
const full = process.env.DC_FULL === '1'
const guides = fileURLToPath(new URL('../../examples/guides/', import.meta.url))
const files = (ending: string) => readdirSync(guides).filter((name) => name.endsWith(ending))

/** What each program prints. */
const printed: Record<string, RegExp[]> = {
  'quick-start.ts': [/^clusters 3, rows 90$/, /^two new rows are in two clusters$/],
  'embeddings.ts': [/^3 clusters without a training$/, /^the surest row is \d+, of 60$/, /^bootsc: [123] clusters$/],
  'photos.ts': [/^12 photos in 3 clusters$/, /^a photo goes where it was: true$/],
  'imbalanced-data.ts': [/^sp2ot: [123] clusters, sizes soft$/, /^otdc: [123] clusters, sizes given$/],
  'unknown-k.ts': [/^chosen: 3, runner-up: (\d+|none)$/, /^leiden found \d+$/],
  'new-rows.ts': [/^9 new rows, each at a place of \d+ numbers$/, /^same labels: true$/, /^from bytes: spectral$/],
  'from-scikit-learn.ts': [
    /^inertia below 1.2 million: true$/,
    /^kmeans: 0\.[67]\d 0\.7\d$/,
    /^spectral: 0\.[78]\d 0\.[89]\d$/,
    /^silhouette above 0.1: true$/,
  ],
  'from-pot.ts': [/^converged, mass 1\.000$/, /^columns \d\.\d\d \d\.\d\d$/, /^mass 0\.500$/],
  'from-pytorch.ts': [/^the loss falls: true$/],
  'registry.ts': [],
}
/** Those that `tsc` alone checks. */
const onlyCompiled: Record<string, string> = { 'typed-registry.ts': 'its wrong calls are refused by the compiler' }
/** Those that run in the full mode: each trains or encodes for seconds. */
const long = ['photos.ts', 'imbalanced-data.ts', 'unknown-k.ts', 'embeddings.ts']

/** Lines of shell files that are not run here. */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [
    /^npm (install|start|test)\b/,
    'tests/packages/install.test.ts and pack.test.ts install; npm start and npm test are CI itself',
  ],
  [/redis/, 'tests/cli/queue.test.ts, where there is a Redis'],
  [/^dclust sweep\b/, 'tests/cli/sweep.test.ts: each run is a process of its own'],
  [/--text\b/, 'tests/cli/texts.test.ts, with a model of its own'],
  [/\.onnx\b/, 'tests/cli/encoder.test.ts, with a model of its own'],
  [/--backend (onnx-cuda|webgpu)/, 'needs a GPU'],
  [/new-plugin|--plugin/, 'tests/cli/new-plugin.test.ts and tests/packages/pack.test.ts'],
]
/** Those that run in the full mode. */
const longLines = /\b(sp2ot|otdc|first-that-works|extract|photos|runs\/(auto|mine|first))\b|doctor/

/** By Ctrl-C, at its first epoch. */
const stopped = /--epochs 4 --out runs\/long$/

/** The commands of a shell file, without what stands behind `#`. */
const commandsOf = (name: string) =>
  readFileSync(`${guides}${name}`, 'utf8')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
const skipped = (line: string) => elsewhere.some(([pattern]) => pattern.test(line))
const words = (line: string) =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare).slice(1)

describe('what the guides show', () => {
  const folder = temporaryFolder()
  const before = process.cwd()
  const lines: string[] = []
  beforeAll(() => writeGivens(folder.path))
  afterAll(() => {
    process.chdir(before)
    folder.remove()
  })
  afterEach(() => {
    lines.length = 0
    vi.restoreAllMocks()
  })

  it('is all known here', () => {
    expect(files('.ts').sort()).toEqual([...Object.keys(printed), ...Object.keys(onlyCompiled)].sort())
    const all = files('.sh').flatMap(commandsOf)
    expect(all.length).toBeGreaterThan(30)
    expect(all.filter((line) => !skipped(line) && !line.startsWith('dclust '))).toEqual([
      'cd my-loss && npm install && npm test',
    ])
  })

  it.each(Object.keys(printed).filter((name) => full || !long.includes(name)))(
    '%s prints what it should',
    async (name) => {
      vi.spyOn(console, 'log').mockImplementation((line: unknown) => void lines.push(String(line)))
      process.chdir(copyOfGivens(folder.path, name))
      await import(`${guides}${name}`)
      expect(lines).toHaveLength(printed[name].length)
      for (const [at, line] of lines.entries()) expect(line).toMatch(printed[name][at])
    },
  )

  const chosen = files('.sh').flatMap((name) => {
    const all = commandsOf(name).filter((line) => line.startsWith('dclust ') && !skipped(line))
    const those = full ? all : all.filter((line) => !longLines.test(line))
    return those.length > 0 ? [[name, those] as const] : []
  })
  it.each(chosen)(
    '%s does what it says',
    async (name, commands) => {
      process.chdir(copyOfGivens(folder.path, name))
      for (const line of commands) {
        const { code, stderr } = await dclust(words(line), (text, stop) => {
          if (stopped.test(line) && /epoch/.test(text)) stop()
        })
        expect(code, `${line}\n${stderr}`).toBe(stopped.test(line) ? 130 : 0)
      }
    },
    120_000,
  )

  it('would tell of a line that does not run', async () => {
    expect((await dclust(words('dclust run kmeans --data nowhere.npy --clusters 3'))).code).not.toBe(0)
  })
})

/** The files that the guides speak of: 30, 20 and 10 rows around three places, and as many colours of pictures. */
async function writeGivens(folder: string): Promise<void> {
  const random = createRandom(2)
  const centres = [0, 1, 2].map(() => random.normals(8, 0, 3))
  const around = (cluster: number) => Array.from(centres[cluster], (value) => value + 0.4 * random.normal())
  const groups = [30, 20, 10].flatMap((size, cluster) => Array<number>(size).fill(cluster))
  const rows = groups.map(around)
  writeFileSync(join(folder, 'embeddings.npy'), npy(rows))
  writeFileSync(join(folder, 'more.npy'), npy([0, 0, 0, 1, 1, 1, 2, 2, 2].map(around)))
  const names = ['red', 'green', 'blue']
  const head = [...rows[0].map((_, at) => `x${at}`), 'class'].join(',')
  writeFileSync(
    join(folder, 'points.csv'),
    [head, ...rows.map((row, at) => [...row, names[groups[at]]].join(','))].join('\n'),
  )
  mkdirSync(join(folder, 'photos'))
  for (let at = 0; at < 12; at++) {
    const colours = [0, 1, 2].map((channel) => (channel === at % 3 ? 220 : 20) + 3 * at)
    const [r, g, b] = colours
    await sharp({ create: { width: 96, height: 80, channels: 3, background: { r, g, b } } })
      .jpeg()
      .toFile(join(folder, `photos/${at}.jpg`))
  }
}

/** The same files in a folder of their own, so that no guide meets what another has written. */
function copyOfGivens(folder: string, name: string): string {
  const own = join(folder, `of ${name}`)
  for (const file of ['embeddings.npy', 'more.npy', 'points.csv', 'photos'])
    cpSync(join(folder, file), join(own, file), { recursive: true })
  return own
}

/** Rows as NumPy writes them. */
function npy(rows: readonly (readonly number[])[]): Buffer {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows.length}, ${rows[0].length}), }`
  const head = text.padEnd(128 - 10 - 1) + '\n'
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, head.length & 255, head.length >> 8])
  return Buffer.concat([start, Buffer.from(head, 'latin1'), Buffer.from(Float32Array.from(rows.flat()).buffer)])
}
