// What a run folder survives: kills at any moment, two processes at once, files that were changed.
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { thisProcess } from '../../apps/cli/src/run/process-identity'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'
import { goneProcess } from './dclust-process'

const folder = temporaryFolder()
const data = folder.file('blobs.csv')
const args = (out: string, ...more: string[]) => [
  ...['run', 'bootsc', '--data', `csv:${data}`, '--labels', '-1', ...tiny, '--out', folder.file(out), ...more],
]
const resume = (out: string) => ['run', '--backend', 'cpu', '--out', folder.file(out), '--resume']
const read = (name: string) => readFileSync(folder.file(name), 'utf8')
const epochs = (out: string) =>
  read(`${out}/metrics.jsonl`)
    .trim()
    .split('\n')
    .map((line) => ({ ...JSON.parse(line), seconds: 0 }))
const stopAt = (words: string) => (text: string, stop: () => void) => text.includes(words) && stop()

/** A run of two seeds that was stopped in its second one; copies of it are broken in one way each. */
async function stopped(out: string): Promise<void> {
  cpSync(folder.file('stopped'), folder.file(out), { recursive: true })
}
async function resumes(out: string): Promise<void> {
  const { code, stderr } = await dclust(resume(out))
  expect(code, stderr).toBe(0)
  expect(read(`${out}/labels.csv`)).toBe(read('whole/labels.csv'))
  expect(epochs(out)).toEqual(epochs('whole'))
  expect(readdirSync(folder.file(out)).filter((name) => name.startsWith('lock') || name.endsWith('.part'))).toEqual([])
}
async function refuses(command: readonly string[], message: RegExp): Promise<void> {
  const { code, stderr } = await dclust(command)
  expect(stderr).toMatch(message)
  expect(stderr).not.toContain('unexpected error')
  expect(code).toBe(1)
}

beforeAll(async () => {
  writeFileSync(data, blobsCsv(90, true))
  expect((await dclust(args('whole', '--seeds', '2'))).code).toBe(0)
  const { code, stderr } = await dclust(args('stopped', '--seeds', '2'), stopAt('seed 1: epoch 2/4'))
  expect(code, stderr).toBe(130)
})
afterAll(() => folder.remove())

describe('metrics.jsonl', () => {
  it('loses a line that a kill cut short when the run goes on', async () => {
    await stopped('torn')
    appendFileSync(folder.file('torn/metrics.jsonl'), '{"seed":1,"epo')
    await resumes('torn')
    expect((await dclust(['report', folder.file('torn')])).code).toBe(0)
  })

  it.each<[string, (lines: string[]) => string]>([
    ['nothing', () => ''],
    ['lines lost and doubled', ([a, , c, d, e, f]) => `${[a, c, c, d, e, f].join('\n')}\n`],
    ['lines in one', ([a, b, ...more]) => `${a}${b}\n${more.join('\n')}\n`],
    ['lines that are no epochs', (lines) => `null\n5\n{"seed":1}\n${lines.join('\n')}\n`],
    ['bytes of no file', (lines) => `${lines.join('\n')}\n\0\0\0\n`],
    [
      'epochs after the checkpoint',
      (lines) => `${[...lines, lines[5].replace('"epoch":2', '"epoch":3')].join('\n')}\n`,
    ],
  ])('is made whole again by what the checkpoints know: %s', async (what, change) => {
    const out = `lines: ${what}`
    await stopped(out)
    const lines = read(`${out}/metrics.jsonl`).trim().split('\n')
    expect(lines).toHaveLength(6)
    writeFileSync(folder.file(`${out}/metrics.jsonl`), change(lines))
    await resumes(out)
  })

  it('of a finished run may be torn for its report', async () => {
    cpSync(folder.file('whole'), folder.file('finished'), { recursive: true })
    appendFileSync(folder.file('finished/metrics.jsonl'), '{"seed":1,"epo')
    const torn = await dclust(['report', folder.file('finished')])
    expect([torn.code, torn.stderr]).toEqual([0, ''])
    const [first, ...more] = read('whole/metrics.jsonl').split('\n')
    writeFileSync(folder.file('finished/metrics.jsonl'), [`${first}${first}`, ...more].join('\n'))
    const glued = await dclust(['report', folder.file('finished')])
    expect(glued.code).toBe(0)
    expect(glued.stderr).toMatch(/^left out line 1 of .*metrics\.jsonl, which is no epoch\n$/)
  })
})

describe('two processes', () => {
  it('are refused in one folder, and a report says that the run goes on', async () => {
    await stopped('busy')
    const others: Promise<void>[] = []
    const once = (text: string) => {
      if (others.length > 0 || !text.includes('going on from epoch')) return
      const busy = /process \d+ of '.*' works in it, and two runs would mix\. Wait for its end/
      const report = /no report yet: the run in '.*' is not finished: process \d+ of '.*' works on it/
      others.push(refuses(resume('busy'), busy), refuses(['report', folder.file('busy')], report))
    }
    const { code, stderr } = await dclust(resume('busy'), once)
    expect(code, stderr).toBe(0)
    expect(others).toHaveLength(2)
    await Promise.all(others)
    expect(epochs('busy')).toEqual(epochs('whole'))
    await refuses(resume('busy'), /is finished/)
  })

  it('that begin at once in one folder: one runs, the other is refused', async () => {
    const both = await Promise.all([dclust(args('twice')), dclust(args('twice'))])
    expect(both.map(({ code }) => code).sort()).toEqual([0, 1])
    expect(both.find(({ code }) => code === 1)?.stderr).toMatch(/works in it|there is a run in this folder/)
    expect(existsSync(folder.file('twice/labels.csv'))).toBe(true)
  })

  it('of which one is dead leave the folder to the other', async () => {
    await stopped('left')
    writeFileSync(folder.file('left/lock.json'), JSON.stringify(goneProcess()))
    await resumes('left')
  })

  it('of which one is elsewhere ask what to do', async () => {
    await stopped('elsewhere')
    writeFileSync(folder.file('elsewhere/lock.json'), JSON.stringify({ ...thisProcess(), host: 'far' }))
    await refuses(
      resume('elsewhere'),
      /process \d+ of 'far' .* cannot be seen from here: if not, delete '.*lock\.json'/,
    )
    rmSync(folder.file('elsewhere/lock.json'))
    await resumes('elsewhere')
  })
})

describe('a death before there is a configuration', () => {
  it.each<[string, (out: string) => void]>([
    ['an empty folder', () => {}],
    ['a folder for checkpoints', (out) => mkdirSync(`${out}/checkpoints`)],
    [
      'half a configuration',
      (out) => {
        mkdirSync(`${out}/checkpoints`)
        writeFileSync(`${out}/lock.json`, JSON.stringify(goneProcess()))
        writeFileSync(`${out}/lock.json.a1`, '')
        writeFileSync(`${out}/config.resolved.json.part`, '{"pipe')
      },
    ],
  ])('leaves %s, in which a run begins', async (name, leave) => {
    mkdirSync(folder.file(name))
    leave(folder.file(name))
    await refuses(resume(name), /There is no run in/)
    const { code, stderr } = await dclust(args(name))
    expect(code, stderr).toBe(0)
  })

  it('is told from a folder of something else', async () => {
    mkdirSync(folder.file('mine/checkpoints'), { recursive: true })
    writeFileSync(folder.file('mine/checkpoints/mine.txt'), 'mine')
    await refuses(args('mine'), /not empty and holds no run/)
    expect(read('mine/checkpoints/mine.txt')).toBe('mine')
  })
})

describe('a checkpoint', () => {
  const checkpoint = (out: string, seed: number) => folder.file(`${out}/checkpoints/seed-${seed}.safetensors`)
  const before = () => read('stopped/metrics.jsonl')

  it('of another seed is refused, and the epochs stay', async () => {
    await stopped('seed')
    copyFileSync(checkpoint('seed', 0), checkpoint('seed', 1))
    await refuses(resume('seed'), /of another training: its seed is 0, not 1/)
    expect(read('seed/metrics.jsonl')).toBe(before())
  })

  it('with one wrong bit is refused', async () => {
    await stopped('bit')
    const bytes = readFileSync(checkpoint('bit', 1))
    bytes[bytes.length - 100] ^= 1
    writeFileSync(checkpoint('bit', 1), bytes)
    await refuses(resume('bit'), /is broken: tensor '.*' does not have its checksum/)
    expect(read('bit/metrics.jsonl')).toBe(before())
  })

  it.each([
    ['a value', (text: string) => text.replace(/\d(?=,(red|green|blue)\n)/, (digit) => `${(Number(digit) + 1) % 10}`)],
    ['a label', (text: string) => text.replace('red', 'green')],
    ['the order', (text: string) => text.trim().split('\n').reverse().join('\n')],
  ])('over data with %s changed is refused', async (what, change) => {
    const out = `data: ${what}`
    await stopped(out)
    const original = readFileSync(data, 'utf8')
    expect(change(original)).not.toBe(original)
    writeFileSync(data, change(original))
    await refuses(resume(out), /of another training: its data is '[0-9a-f]{64}', not/)
    writeFileSync(data, original)
    expect(read(`${out}/metrics.jsonl`)).toBe(before())
    await resumes(out)
  })

  it('of other settings is refused', async () => {
    await stopped('settings')
    const file = folder.file('settings/config.resolved.json')
    const config = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify({ ...config, options: { ...config.options, epsilon: 0.5 } }))
    await refuses(resume('settings'), /of another training: its settings is/)
  })
})

describe('an interruption', () => {
  it.each(['k-means, spectral clustering and Leiden', 'seed 1: training for', 'drawing the report'])(
    'is heard at "%s", and the run goes on after it',
    async (words) => {
      const out = `at ${words}`
      const { code, stderr, stdout } = await dclust(args(out, '--seeds', '2'), stopAt(words))
      expect(code, stderr).toBe(130)
      expect(stdout).toBe('')
      expect(stderr.trim().split('\n').at(-1)).toContain('--resume')
      expect(existsSync(folder.file(`${out}/metrics.json`))).toBe(false)
      const report = await dclust(['report', folder.file(out)])
      expect(report.code).toBe(1)
      const far = words.startsWith('k-means') ? 'before its first epoch ended' : 'after epoch 4 of seed \\d'
      expect(report.stderr).toMatch(
        new RegExp(`There is no report yet: the run in '.*' was interrupted, ${far}\\. Go on`),
      )
      await resumes(out)
    },
  )
})

describe('--init', () => {
  it('keeps what it began with, whatever becomes of the earlier run', async () => {
    cpSync(folder.file('whole'), folder.file('source'), { recursive: true })
    const mlp = ['--set', 'options.backbone={"name":"mlp","options":{"widths":[16]}}']
    const p2ot = (out: string) => [
      ...['run', 'p2ot', '--data', `csv:${data}`, '--labels', '-1', ...mlp, '--init', folder.file('source')],
      ...['--epochs', '6', '--batch-size', '30', '--backend', 'cpu', '--out', folder.file(out)],
    ]
    const unbroken = await dclust(p2ot('begun'))
    expect(unbroken.code, unbroken.stderr).toBe(0)
    expect((await dclust(p2ot('begun, stopped'), stopAt('seed 0: epoch 2/6'))).code).toBe(130)
    rmSync(folder.file('source'), { recursive: true })
    const { code, stderr } = await dclust(resume('begun, stopped'))
    expect(code, stderr).toBe(0)
    expect(read('begun, stopped/labels.csv')).toBe(read('begun/labels.csv'))
  })
})
