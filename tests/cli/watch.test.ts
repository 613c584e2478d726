// Runs in a browser: what is served, to whom, and while a run trains.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchRuns } from '../../apps/cli/src/watch/server'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
const rows = folder.file('blobs.csv')
const runs = folder.file('runs')

/** Asks as a program may, with any headers. */
function ask(url: string, { method = 'GET', host }: { method?: string; host?: string } = {}) {
  return new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const asked = request(url, { method, ...(host && { headers: { host } }) }, (answer) => {
      let text = ''
      answer.on('data', (part) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode!, text, headers: answer.headers }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

let address = ''
let during: { text: string; part: string; sample: string; rows: string } | undefined
/** Looks at the run by the address that it told, as soon as it has said where its rows lie; the training waits for it. */
async function look(): Promise<void> {
  if (during) return
  const live = `${runs}/trained/live.json`
  while (!existsSync(live) || !readFileSync(live, 'utf8').includes('"sample"')) await new Promise(setImmediate)
  const [{ text }, part] = [await ask(address), await ask(`${address}&part=main`)]
  const [sample, rows] = [await ask(`${address}&part=sample`), await ask(`${address}&part=rows`)]
  during = { text, part: part.text, sample: sample.text, rows: rows.text }
}

beforeAll(async () => {
  writeFileSync(rows, blobsCsv(60, false))
  const into = (out: string) => ['--data', rows, '--k', '3', '--out', `${runs}/${out}`]
  const { code, stderr } = await dclust(['run', 'kmeans', ...into('plain')])
  expect(code, stderr).toBe(0)
  const plugin = folder.file('look.mjs')
  writeFileSync(
    plugin,
    `const options = { safeParse: (data) => ({ success: true, data: data ?? {} }) }
    export const plugins = [{ kind: 'callback', name: 'look', apiVersion: 1, options,
      create: () => ({ onEpochEnd: () => globalThis.lookAtRun() }) }]`,
  )
  Object.assign(globalThis, { lookAtRun: look })
  const watched = ['--watch', '--plugin', plugin, '--set', 'training.callbacks=["look"]']
  const trained = await dclust(['run', 'bootsc', ...into('trained'), ...tiny, ...watched], (text) => {
    address ||= /watch it at (http:\S+)/.exec(text)?.[1] ?? ''
  })
  expect(trained.code, trained.stderr).toBe(0)
}, 120_000)
afterAll(folder.remove)

describe('a run that is watched', () => {
  it('shows how far it is, its curves, and a map of some rows', () => {
    expect(during!.text).toContain('<title>bootsc: works</title>')
    expect(during!.part).toMatch(/epoch 1 of 4/)
    expect(during!.part).toContain('loss over the epochs')
    const { labels, places } = JSON.parse(during!.sample)
    expect([labels.length, places.length]).toEqual([60, 120])
    expect(JSON.parse(during!.rows)).toMatchObject({ page: { rows: 60, of: 60, noun: 'row' }, sheets: [] })
    expect(during!.part).toContain('Cluster sizes among 60 rows')
    // Fetched by the script, it is what stands in the page.
    expect(during!.part).not.toContain('<html')
  })

  it('is told by an address of this machine, and no more served once it has ended', async () => {
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{32}$/)
    await expect(ask(address)).rejects.toThrow('ECONNREFUSED')
    for (const file of ['live.json', 'live-rows.json']) expect(existsSync(`${runs}/trained/${file}`), file).toBe(false)
  })
})

it('Ctrl-C of a run that is watched keeps what was trained, and leaves nobody who listens', async () => {
  let [url, stopped] = ['', false]
  const out = `${folder.path}/stopped`
  const interruption = new AbortController()
  // At the end of an epoch, so that there is something to keep.
  Object.assign(globalThis, {
    lookAtRun: () => {
      stopped = true
      interruption.abort()
    },
  })
  const watched = ['--watch', '--plugin', folder.file('look.mjs'), '--set', 'training.callbacks=["look"]']
  const args = ['run', 'bootsc', '--data', rows, '--k', '3', '--out', out, ...tiny, ...watched]
  const { code, stderr } = await dclust(
    args,
    (text) => {
      url ||= /watch it at (http:\S+)/.exec(text)?.[1] ?? ''
    },
    interruption,
  )
  expect([stopped, code]).toEqual([true, 130])
  expect(stderr).toContain('Stopped; what was trained is kept. Go on with: dclust run')
  expect(existsSync(`${out}/metrics.json`)).toBe(false)
  expect(readdirSync(out).filter((name) => /^live/.test(name))).toEqual([])
  expect(existsSync(`${out}/checkpoints/seed-0.safetensors`)).toBe(true)
  await expect(ask(url)).rejects.toThrow('ECONNREFUSED')
})

describe('dclust watch', () => {
  it('shows all runs of a folder, each of them, and the report of a finished one', async () => {
    const watching = await watchRuns(runs)
    try {
      const { text, headers } = await ask(watching.url)
      expect(text).toContain('2 runs')
      for (const name of ['plain', 'trained']) expect(text).toContain(`>${name}</a>`)
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      const link = /href="(\/run\/1\?token=\w+)"/.exec(text)![1]
      expect((await ask(new URL(link, watching.url).href)).text).toBe(
        readFileSync(`${runs}/trained/report.html`, 'utf8'),
      )
      const part = await ask(`${new URL(link, watching.url).href}&part=main`)
      expect(part.headers['x-state']).toBe('finished')
    } finally {
      await watching.close()
    }
  })

  it('answers nobody without the token, by another name, or for another path', async () => {
    const watching = await watchRuns(runs)
    const { origin, search } = new URL(watching.url)
    try {
      const status = async (url: string, more = {}) => (await ask(url, more)).status
      expect(await status(origin)).toBe(403)
      expect(await status(`${origin}/?token=${'0'.repeat(32)}`)).toBe(403)
      expect(await status(watching.url, { host: 'attacker.example' })).toBe(403)
      expect(await status(watching.url, { method: 'POST' })).toBe(405)
      for (const path of ['/run/2', '/run/-1', '/run/0/../../blobs.csv', '/blobs.csv', '/run/1/labels.csv'])
        expect(await status(`${origin}${path}${search}`), path).toBe(404)
      expect((await ask(watching.url, { method: 'HEAD' })).text).toBe('')
    } finally {
      await watching.close()
    }
  })

  it('prints its address, and Ctrl-C ends it well', async () => {
    const { code, stdout } = await dclust(['watch', runs], (text, stop) => {
      if (text.includes('Ctrl-C')) stop()
    })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{32}\n$/)
    await expect(ask(stdout.trim())).rejects.toThrow('ECONNREFUSED')
  })

  it('refuses a folder without a run', async () => {
    const { code, stderr } = await dclust(['watch', folder.file('nothing')])
    expect(code).toBe(1)
    expect(stderr).toContain('There is no run in')
  })
})
