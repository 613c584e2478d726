// A run may end anywhere: before the first step, in a training that it starts from, in one beside it, while it draws. In each
// phase of each pipeline a sitting is stopped by Ctrl-C, and in another run killed; the result is that of one sitting.
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRandom, type Dataset } from '@dc/core'
import { loadCheckpoint } from '@dc/trainer'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { full } from '../full'
import { dclust, temporaryFolder, tiny } from './dclust'
import { goneProcess } from './dclust-process'

/** Whenever rows are read, and whenever long work lets events in, this is told who does it. */
const places = vi.hoisted(() => {
  const told = { visit: (_callers: string) => {} }
  /** Names of the functions that wait for this one, `function file`, the innermost first. */
  const callers = (): string => {
    const { prepareStackTrace, stackTraceLimit } = Error
    Error.stackTraceLimit = 60
    // Places in compiled files do; to look up those in sources takes longer than the run.
    Error.prepareStackTrace = (_, calls) => calls.map((call) => `${call.getFunctionName()} ${call.getFileName()}`)
    const { stack } = new Error() as { stack?: unknown }
    Object.assign(Error, { prepareStackTrace, stackTraceLimit })
    return (stack as string[]).join('\n')
  }
  return { told, visit: () => told.visit(callers()) }
})
vi.mock('@dc/core', async (original) => {
  const real = await original<typeof import('@dc/core')>()
  const letEventsIn: typeof real.letEventsIn = (signal) => {
    places.visit()
    return real.letEventsIn(signal)
  }
  return { ...real, letEventsIn }
})
// By this name packages that need no TensorFlow.js know the same.
vi.mock('@dc/core/plugin', async (original) => {
  const real = await original<typeof import('@dc/core/plugin')>()
  const letEventsIn: typeof real.letEventsIn = (signal) => {
    places.visit()
    return real.letEventsIn(signal)
  }
  return { ...real, letEventsIn }
})
vi.mock('../../apps/cli/src/run/settle-rows', async (original) => {
  const real = await original<typeof import('../../apps/cli/src/run/settle-rows')>()
  const readData: typeof real.readData = async (...given) => {
    const dataset = await real.readData(...given)
    const { read, readExact } = dataset
    const visited =
      <Read extends (rows: ArrayLike<number>) => unknown>(read: Read) =>
      (rows: ArrayLike<number>) => {
        places.visit()
        return read(rows) as ReturnType<Read>
      }
    return { ...dataset, read: visited(read), ...(readExact && { readExact: visited(readExact) }) } satisfies Dataset
  }
  return { ...real, readData }
})

/** Phases by who is at work, the first that fits. */
const phases: [string, RegExp][] = [
  ['baseline', /(commonSpace|runBaselines) /],
  ['fit', /fitSeed /],
  ['labels to learn', /labelledBy /],
  ['first look', /meanSquaredDeviation /],
  ['reconstruction', /runEpoch [\s\S]*prepare .*otdc/],
  ['first codes', /(infer|startAtKMeans) [\s\S]*prepare .*(otdc|sp2ot)/],
  ['k-means of codes', /interruptibleKMeans [\s\S]*prepare .*otdc/],
  ['sizes', /matchSizes /],
  ['neighbours in backbone', /featuresOf [\s\S]*prepare .*sp2ot/],
  ['neighbours in input', /readOnHost [\s\S]*prepare .*sp2ot/],
  ['training', /runEpoch /],
  ['validation', /validationScore /],
  ['labels', /infer .*infer|labels .*label-rules/],
  ['contact sheet', /contactSheet /],
  ['map', /planeLayout /],
  ['report', /renderReport /],
]

/** The phase that a sitting is in, `start: …` in a training that another starts from, `beside: …` in one beside it. */
function phaseOf(callers: string): string | undefined {
  const phase = phases.find(([, who]) => who.test(callers))?.[0]
  const where = /startOf .*run/.test(callers) ? 'start: ' : /besideOthers /.test(callers) ? 'beside: ' : ''
  return phase && where + phase
}

const folder = temporaryFolder()
const data = folder.file('groups.csv')
const pictures = folder.file('pictures.idx')
afterAll(() => folder.remove())
beforeAll(() => {
  const random = createRandom(1)
  const centres = Array.from({ length: 6 }, () => random.normals(6, 0, 3))
  const line = (row: number) => [...centres[row % 6].map((c) => c + 0.8 * random.normal()), row % 6].join(',')
  writeFileSync(data, Array.from({ length: 72 }, (_, row) => line(row)).join('\n'))
  // An IDX file of bytes, 72 × 4 × 4.
  const [head, side] = [Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 72, 0, 0, 0, 4, 0, 0, 0, 4), 16]
  const grey = Uint8Array.from(
    { length: 72 * side },
    (_, at) => ((Math.floor(at / side) % 3) * 90 + 60 * random.uniform()) | 0,
  )
  writeFileSync(pictures, Buffer.concat([head, grey]))
})

const rows = ['--data', `csv:${data}`, '--labels', '-1']
const set = (path: string, value: unknown) => ['--set', `${path}=${JSON.stringify(value)}`]
const mlp = set('options.backbone', { name: 'mlp', options: { widths: [8] } })
const autoencoder = set('options.backbone', { name: 'autoencoder', options: { widths: [8], code: 3 } })
const backend = ['--backend', 'cpu']
const training = ['--epochs', '5', '--batch-size', '24', ...backend]
const startBy = (pipeline: string) => set('start', { pipeline, preset: pipeline, steps: 8 })
const kmeans = set('options.initial', 'kmeans')
const random = set('options.initial', 'random')
const semantic = [
  ...set('options.neighbours', { name: 'gaussian', options: { neighbours: 5 } }),
  ...set('options.assign', { name: 'sp2ot', options: { batches: 2, weight: 10 } }),
]

const prepared = ['first look', 'first codes', 'k-means of codes']
const trained = ['training', 'labels', 'map', 'report']

/** Name of a run, what it is, the checkpoints that it leaves, if it trains, and its phases beside the baseline. */
const runs: [string, readonly string[], readonly string[], readonly string[]][] = [
  ['kmeans', ['kmeans', ...rows], [], ['fit', 'map', 'report']],
  ['spectral', ['spectral', ...rows], [], ['fit', 'map', 'report']],
  ['leiden', ['leiden', ...rows, '--k', '3'], [], ['fit', 'map', 'report']],
  ['bootsc', ['bootsc', ...tiny.slice(0, 4), ...rows], ['seed-0'], trained],
  [
    'bootsc on images',
    ['bootsc', '--preset', 'bootsc', ...tiny.slice(0, 4), '--data', `idx:${pictures}`, '--k', '3'],
    ['seed-0'],
    ['training', 'labels', 'contact sheet', 'map', 'report'],
  ],
  [
    'otdc',
    ['otdc', ...rows, ...autoencoder, ...set('options.pretrain', 12)],
    ['seed-0'],
    ['first look', 'reconstruction', 'first codes', 'k-means of codes', ...trained],
  ],
  [
    'otdc of given sizes',
    ['otdc', ...rows, ...mlp, ...set('options.sizes', [3, 1, 1, 1, 1, 1])],
    ['seed-0'],
    [...prepared, 'sizes', ...trained],
  ],
  [
    'otdc after a start',
    ['otdc', ...rows, ...mlp, ...startBy('p2ot')],
    ['seed-0-start-by-p2ot', 'seed-0'],
    ['start: training', ...prepared, ...trained],
  ],
  [
    'p2ot after a start by leiden',
    ['p2ot', ...rows, ...mlp, ...kmeans, '--start', 'leiden', ...set('start.steps', 8)],
    ['seed-0-start-by-leiden', 'seed-0'],
    ['start: labels to learn', 'start: training', 'first codes', ...trained],
  ],
  [
    'sp2ot after a start, with neighbours in its backbone',
    ['sp2ot', ...rows, ...mlp, ...semantic, ...set('options.neighboursIn', 'backbone'), ...kmeans, ...startBy('otdc')],
    ['seed-0-start-by-otdc', 'seed-0'],
    [...prepared, 'training']
      .map((phase) => `start: ${phase}`)
      .concat('first codes', 'neighbours in backbone', trained),
  ],
  [
    'sp2ot with neighbours in its input',
    ['sp2ot', ...rows, ...mlp, ...semantic, ...random],
    ['seed-0'],
    ['neighbours in input', ...trained],
  ],
  [
    'p2ot of two heads',
    ['p2ot', ...rows, ...mlp, ...kmeans, ...set('options.heads', 2)],
    ['seed-0'],
    ['first codes', ...trained],
  ],
  [
    'uot after a start',
    ['uot', ...rows, ...mlp, ...kmeans, ...startBy('p2ot')],
    ['seed-0-start-by-p2ot', 'seed-0'],
    ['start: training', 'first codes', ...trained],
  ],
  ['pot', ['pot', ...rows, ...mlp, ...kmeans], ['seed-0'], ['first codes', ...trained]],
  [
    'dscl with a training beside it',
    [
      'dscl',
      ...rows,
      ...mlp,
      ...set('beside', { other: { loss: 'softmax-regression' } }),
      ...set('training.patience', 3),
    ],
    ['seed-0', 'seed-0-other'],
    [
      'training',
      'validation',
      'labels',
      ...['training', 'validation', 'labels'].map((phase) => `beside: ${phase}`),
      'map',
      'report',
    ],
  ],
]

/** One process's work on a run; `at` is called in each place where it could end. */
async function sitting(args: readonly string[], at: (phase: string, stop: () => void) => void) {
  const interruption = new AbortController()
  places.told.visit = (callers) => {
    const phase = phaseOf(callers)
    if (phase !== undefined) at(phase, () => interruption.abort())
  }
  const finished = await dclust(args, undefined, interruption)
  places.told.visit = () => {}
  return finished
}

/** What a run has found: labels, weights, epochs, the model that it keeps. */
async function found(out: string, checkpoints: readonly string[]) {
  const file = (name: string) => `${out}/${name}`
  const weights = checkpoints.map((name) => loadCheckpoint(file(`checkpoints/${name}.safetensors`)))
  const lines = existsSync(file('metrics.jsonl')) ? readFileSync(file('metrics.jsonl'), 'utf8') : ''
  return {
    labels: readFileSync(file('labels.csv'), 'utf8'),
    weights: (await Promise.all(weights)).map(({ variables }) => variables),
    epochs: lines.match(/.+/g)?.map((line) => ({ ...JSON.parse(line), seconds: 0 })),
    model: readFileSync(file('model.dclust')),
  }
}

/** Of each kind of phase one run. */
const sample = [
  'leiden',
  'bootsc on images',
  'otdc of given sizes',
  'sp2ot after a start, with neighbours in its backbone',
  'dscl with a training beside it',
]

describe.each(full ? runs : runs.filter(([name]) => sample.includes(name)))(
  '%s',
  (name, pipeline, checkpoints, own) => {
    const args = ['run', ...pipeline, ...(checkpoints.length > 0 ? training : backend)]
    const whole = folder.file(`${name}, whole`)
    /** How often each phase of the unbroken run could have ended. */
    const visits = new Map<string, number>()

    /** Ends a sitting in the middle of each phase, and goes on; `end` gives the folder in which the next one goes on. */
    async function inSittings(first: string, end: (out: string, stop: () => void) => string): Promise<string> {
      let out = first
      for (const [place, [phase, count]] of [...visits].entries()) {
        const command = place === 0 ? [...args, '--out', out] : ['run', '--backend', 'cpu', '--out', out, '--resume']
        let next: string | undefined
        let seen = 0
        const { code, stderr } = await sitting(command, (now, stop) => {
          if (now === phase && ++seen === Math.max(1, Math.floor(count / 2))) next = end(out, stop)
        })
        expect([phase, code], stderr).toEqual([phase, 130])
        expect(next, phase).toBeDefined()
        out = next!
        expect(existsSync(`${out}/metrics.json`)).toBe(false)
        // A training leaves a checkpoint as soon as it has taken steps, and never before.
        const begun = [...visits.keys()].slice(0, place + 1).filter((each) => each.endsWith('training'))
        const kept = checkpoints.filter((checkpoint) => existsSync(`${out}/checkpoints/${checkpoint}.safetensors`))
        expect(kept, phase).toEqual(checkpoints.slice(0, begun.length))
      }
      const { code, stderr } = await sitting(['run', '--backend', 'cpu', '--out', out, '--resume'], () => {})
      expect(code, stderr).toBe(0)
      return out
    }

    it('passes through its phases', { timeout: 60_000 }, async () => {
      const { code, stderr } = await sitting([...args, '--out', whole], (phase) =>
        visits.set(phase, (visits.get(phase) ?? 0) + 1),
      )
      expect(code, stderr).toBe(0)
      expect([...visits.keys()]).toEqual(['baseline', ...own])
    })

    it('is the same after Ctrl-C in each of them', { timeout: 240_000 }, async () => {
      const out = await inSittings(folder.file(`${name}, stopped`), (out, stop) => {
        stop()
        return out
      })
      expect(await found(out, checkpoints)).toEqual(await found(whole, checkpoints))
    })

    it('is the same after a kill in each of them', { timeout: 240_000 }, async () => {
      let kills = 0
      const out = await inSittings(folder.file(`${name}, killed`), (out, stop) => {
        // What is on the disk now is what a kill would leave. This sitting goes on elsewhere, and is forgotten.
        const left = folder.file(`${name}, killed ${++kills} times`)
        cpSync(out, left, { recursive: true })
        writeFileSync(`${left}/lock.json`, JSON.stringify(goneProcess()))
        stop()
        return left
      })
      expect(await found(out, checkpoints)).toEqual(await found(whole, checkpoints))
    })
  },
)
