// What the system does to a run: signals that ask it to end, readers that go away.
import { type ChildProcess, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'
import { ended, start, startInto, startModule, startOnTerminal } from './dclust-process'

const folder = temporaryFolder()
const data = folder.file('blobs.csv')
const seconds = 1000
const args = (out: string, epochs: number, ...more: string[]) => [
  ...['run', 'bootsc', '--data', `csv:${data}`, '--labels', '-1', ...tiny, '--epochs', `${epochs}`, ...more],
  ...['--out', folder.file(out)],
]
const resume = (out: string) => ['run', '--backend', 'cpu', '--out', folder.file(out), '--resume']
const labels = (out: string) => readFileSync(folder.file(`${out}/labels.csv`), 'utf8')

beforeAll(async () => {
  writeFileSync(data, blobsCsv(90, true))
  const { code, stderr } = await dclust(args('whole', 40))
  expect(code, stderr).toBe(0)
})
afterAll(() => folder.remove())

/** Waits until a process says something. */
function says(child: ChildProcess, words: RegExp): Promise<void> {
  let text = ''
  return new Promise((resolve) =>
    child.stderr!.on('data', (more) => {
      text += more
      if (words.test(text)) resolve()
    }),
  )
}

describe.skipIf(process.platform === 'win32').each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s', (signal, code) => {
  it('stops a run with a checkpoint, from which it goes on', { timeout: 120 * seconds }, async () => {
    const child = start(args(signal, 40))
    const over = ended(child)
    await says(child, /epoch 4\/40/)
    // Some senders reach a process twice, alone and in its group.
    child.kill(signal)
    child.kill(signal)
    const found = await over
    expect(found.code, found.stderr).toBe(code)
    expect(found.stderr).toContain('Stopping after this step')
    expect(found.stderr).toContain(`Go on with: dclust run --out ${folder.file(signal)} --resume`)
    expect(existsSync(folder.file(`${signal}/checkpoints/seed-0.safetensors`))).toBe(true)
    expect(existsSync(folder.file(`${signal}/lock.json`))).toBe(false)
    const resumed = await dclust(resume(signal))
    expect(resumed.code, resumed.stderr).toBe(0)
    expect(labels(signal)).toBe(labels('whole'))
  })
})

describe.skipIf(process.platform === 'win32')('SIGINT, as by Ctrl-C', () => {
  it('ends a run that is watched: nobody listens any more, and what was trained is kept', {
    timeout: 120 * seconds,
  }, async () => {
    const child = start(args('watched', 40, '--watch'))
    const over = ended(child)
    let text = ''
    const address = new Promise<string>((resolve) =>
      child.stderr!.on('data', (more) => {
        text += more
        const [, found] = /watch it at (http:\S+)/.exec(text) ?? []
        if (found) resolve(found)
      }),
    )
    const trained = says(child, /epoch 4\/40/)
    const url = await address
    const page = await (await fetch(url)).text()
    expect(page).toContain('<title>bootsc: works</title>')
    await trained
    child.kill('SIGINT')
    const found = await over
    expect(found.code, found.stderr).toBe(130)
    expect(found.stderr).toContain(`Go on with: dclust run --out ${folder.file('watched')} --resume`)
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    for (const name of ['lock.json', 'live.json', 'live-rows.json', 'metrics.json'])
      expect(existsSync(folder.file(`watched/${name}`)), name).toBe(false)
    expect(existsSync(folder.file('watched/checkpoints/seed-0.safetensors'))).toBe(true)
  })
})

describe.skipIf(process.platform === 'win32')('a second signal', () => {
  it('ends the process at once, however busy it is', { timeout: 60 * seconds }, async () => {
    const module = folder.file('busy.ts')
    const path = fileURLToPath(new URL('../../apps/cli/src/terminal/process.ts', import.meta.url))
    writeFileSync(
      module,
      `import { interruption } from ${JSON.stringify(path)}
const alive = setInterval(() => {}, 1000)
interruption().addEventListener('abort', () => {
  setTimeout(() => {
    process.stderr.write('busy\\n')
    for (;;);
  }, 400)
})
process.stderr.write('listening\\n')`,
    )
    const child = startModule(module)
    const over = ended(child)
    const busy = says(child, /busy/)
    await says(child, /listening/)
    child.kill('SIGINT')
    await busy
    child.kill('SIGTERM')
    expect(await over).toMatchObject({ code: null, signal: 'SIGTERM' })
  })
})

/** `script` of util-linux gives a program a terminal. */
const terminals = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') ?? false

describe.skipIf(!terminals)('a terminal that is closed', () => {
  it('stops a run with a checkpoint', { timeout: 120 * seconds }, async () => {
    const code = folder.file('code')
    const terminal = startOnTerminal(args('closed', 1_000_000), code)
    await new Promise<void>((resolve) => {
      let text = ''
      terminal.stdout!.on('data', (more) => {
        text += more
        if (/epoch [1-9]/.test(text)) resolve()
      })
    })
    terminal.kill('SIGKILL')
    await expect.poll(() => existsSync(code) && readFileSync(code, 'utf8'), { timeout: 60 * seconds }).toBe('129\n')
    expect(existsSync(folder.file('closed/checkpoints/seed-0.safetensors'))).toBe(true)
    expect(existsSync(folder.file('closed/lock.json'))).toBe(false)
  })
})

describe.skipIf(process.platform === 'win32')('a reader that goes away', () => {
  it.each(['stderr', 'both'] as const)('of %s does not end a run', { timeout: 120 * seconds }, async (which) => {
    const child = start(args(which, 40))
    const exit = once(child, 'exit')
    if (which === 'both') child.stdout!.destroy()
    else child.stdout!.resume()
    await once(child.stderr!, 'data')
    child.stderr!.destroy()
    expect(await exit).toEqual([0, null])
    expect(labels(which)).toBe(labels('whole'))
  })

  it.skipIf(!existsSync('/dev/full'))(
    'of an output that cannot be written is an error',
    { timeout: 60 * seconds },
    async () => {
      const file = openSync('/dev/full', 'w')
      const { code, stderr } = await ended(startInto(file, ['list', '--json']))
      closeSync(file)
      expect(code).toBe(1)
      expect(stderr).toBe('dclust: cannot write the output: no space is left on the disk.\n')
    },
  )
})
