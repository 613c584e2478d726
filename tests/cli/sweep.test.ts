// A grid × seeds in processes of their own.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '../../apps/cli/src/cli'
import { blobsCsv, dclust, type Finished, temporaryFolder, tiny } from './dclust'
import { dclustCommand } from './dclust-bundle'

const folder = temporaryFolder()
afterAll(() => {
  folder.remove()
})
beforeAll(() => {
  writeFileSync(folder.file('blobs.csv'), blobsCsv(60, true))
})

async function sweep(args: readonly string[], watch?: (text: string, stop: () => void) => void): Promise<Finished> {
  const interruption = new AbortController()
  let [stdout, stderr] = ['', '']
  const code = await main(['sweep', ...args], {
    stdout: { write: (text) => (stdout += text) },
    stderr: {
      write(text) {
        stderr += text
        watch?.(text, () => interruption.abort('SIGINT'))
      },
    },
    interruption: () => interruption.signal,
    self: dclustCommand,
  })
  return { code, stdout, stderr }
}
const out = (name: string) => folder.file(name)
const given = (name: string, ...more: string[]) => [
  ...['bootsc', '--data', `csv:${folder.file('blobs.csv')}`, '--labels', '-1', ...tiny, ...more, '--out', out(name)],
]

describe('dclust sweep', () => {
  it('runs a grid × seeds, goes on past one that fails, and does again only what is not done', async () => {
    const grid = ['--grid', 'options.epsilon=0.5,0.05', '--seeds', '2', '--jobs', '2']
    // In the way of one run: its folder is a file.
    mkdirSync(out('grid'))
    writeFileSync(join(out('grid'), 'sweep.json'), '{}')
    const first = await sweep(given('grid', ...grid, '--json'), (text) => {
      if (text.includes('4 runs')) {
        mkdirSync(join(out('grid'), 'epsilon=0.05'))
        writeFileSync(join(out('grid'), 'epsilon=0.05', 'seed-1'), 'in the way')
      }
    })
    expect(first.code, first.stderr).toBe(1)
    const { runs, settings, lines } = JSON.parse(first.stdout)
    expect(settings).toEqual(['options.epsilon'])
    expect(runs.map(({ point, seed, exitCode }: never) => [point, seed, exitCode])).toEqual([
      ['epsilon=0.5', 0, 0],
      ['epsilon=0.5', 1, 0],
      ['epsilon=0.05', 0, 0],
      ['epsilon=0.05', 1, 1],
    ])
    expect(lines.map(({ seeds }: { seeds: number[] }) => seeds)).toEqual([[0, 1], [0]])
    expect(first.stderr).toMatch(/epsilon=0\.05, seed 1: failed with exit code 1: .*a file of this name exists/)

    // Known by configuration: folders may be called otherwise.
    renameSync(join(out('grid'), 'epsilon=0.5'), join(out('grid'), 'mine'))
    const before = readFileSync(join(out('grid'), 'mine/seed-0/metrics.json'), 'utf8')
    const again = await sweep(given('grid', ...grid))
    expect(again.code, again.stderr).toBe(0)
    expect(again.stderr).toContain('2 settings × 2 seeds: 4 runs, of which 3 are done and 0 are gone on with')
    expect(again.stdout).toMatch(/^run +epsilon +seeds +acc/)
    // Two settings, beside three methods without a training.
    expect(again.stdout.trim().split('\n')).toHaveLength(6)
    expect(readFileSync(join(out('grid'), 'mine/seed-0/metrics.json'), 'utf8')).toBe(before)
    expect(existsSync(join(out('grid'), 'epsilon=0.5'))).toBe(false)
    // Of another grid what is the same is not run again either.
    const more = await sweep(given('grid', '--grid', 'options.epsilon=0.5', '--seeds', '2', '--dry-run', '--json'))
    expect(JSON.parse(more.stdout).runs.map(({ state }: { state: string }) => state)).toEqual(['done', 'done'])
    // A run that is begun in the same way by hand has the same labels.
    const alone = await dclust(['run', ...given('alone', '--set', 'options.epsilon=0.5')])
    expect(alone.code).toBe(0)
    expect(readFileSync(join(out('alone'), 'labels.csv'), 'utf8')).toBe(
      readFileSync(join(out('grid'), 'mine/seed-0/labels.csv'), 'utf8'),
    )
  }, 120_000)

  it('stops its runs with their checkpoints, and goes on with them', async () => {
    const long = ['--epochs', '600', '--grid', 'lr=0.02']
    const stopping = sweep(given('long', ...long), (text, stop) => {
      if (!text.includes('begins')) return
      const path = join(out('long'), 'lr=0.02/seed-0.log')
      const wait = setInterval(() => {
        if (!existsSync(path) || !readFileSync(path, 'utf8').includes('epoch 60/')) return
        clearInterval(wait)
        stop()
      }, 50)
    })
    const stopped = await stopping
    expect(stopped.code, stopped.stderr).toBe(130)
    expect(stopped.stderr).toContain('stopped; what was trained is kept')
    expect(stopped.stdout).toBe('')
    expect(readdirSync(join(out('long'), 'lr=0.02/seed-0/checkpoints'))).toHaveLength(1)
    const dry = await sweep(given('long', ...long, '--dry-run'))
    expect(dry.stdout).toMatch(/^lr=0\.02 +0 +begun/m)
    expect(dry.stderr).toContain('of which 0 are done and 1 are gone on with')
    const resumed = await sweep(given('long', ...long))
    expect(resumed.code, resumed.stderr).toBe(0)
    expect(resumed.stderr).toContain('lr=0.02, seed 0: goes on')
    expect(readFileSync(join(out('long'), 'lr=0.02/seed-0.log'), 'utf8')).toMatch(/going on from epoch \d+/)
    expect((await sweep(given('long', ...long, '--dry-run'))).stderr).toContain('of which 1 are done')
  }, 120_000)

  it('refuses before anything is run', async () => {
    const refused = async (...more: string[]) => {
      const { code, stdout, stderr } = await sweep(given('refused', ...more))
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).not.toContain('unexpected error')
      expect(existsSync(out('refused'))).toBe(false)
      return stderr
    }
    expect(await refused('--grid', 'options.epsilon=0.1,-1')).toMatch(/epsilon=-1: .*epsilon: got -1; allowed: /)
    expect(await refused('--grid', 'options.epsilno=1')).toContain('epsilno')
    expect(await refused('--grid', 'k=2,61')).toContain('k=61: --k: got 61; allowed: at most 60')
    expect(await refused('--grid', 'k=2,x')).toContain("--grid k: got 'x'; allowed: an integer ≥ 2")
    expect(await refused('--grid', 'k=3,3')).toContain('each value once; 3 stands twice')
    expect(await refused('--grid', 'k=3', '--grid', 'k=4')).toContain('--grid k is given twice')
    expect(await refused('--grid', 'k')).toContain('expected path=value,value')
    expect(await refused('--grid', 'lr=0.1,')).toContain('a value before and after each comma')
    expect(await refused('--grid', 'seeds=1,2')).toContain('--seeds gives the seeds')
    expect(await refused('--grid', 'training.epochs=3,5')).toContain(
      'are the same run. Does a flag set what the grid changes?',
    )
    const points = Array.from({ length: 101 }, (_, at) => (at + 1) / 1000).join(',')
    expect(await refused('--grid', `lr=${points}`, '--grid', `options.epsilon=${points}`)).toContain(
      'at most 10000 points',
    )
    mkdirSync(out('full'))
    writeFileSync(join(out('full'), 'mine.txt'), 'x')
    expect((await sweep(given('full'))).stderr).toContain('the folder is not empty and holds no sweep')
    expect((await sweep(['bootsc'])).code).toBe(2)
  })
})
