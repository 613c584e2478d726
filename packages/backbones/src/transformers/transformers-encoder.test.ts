import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PictureEncoder, rethrow, type TextEncoder } from '@dc/core'
import { testEncoder } from '@dc/core/testing'
import { env } from '@huggingface/transformers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { vectorOf, writePictureModel, writeTextModel } from '../testing/hub-models'
import { plugins, transformersEncoder } from '../transformers'
import { loadTransformers } from './library'

const folder = mkdtempSync(join(tmpdir(), 'dc-hub-'))
const texts = join(folder, 'sentences')
const pictures = join(folder, 'pictures')
writeTextModel(texts)
writePictureModel(pictures)
beforeAll(() => vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache')))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

testEncoder({ describe, it }, 'of pictures by a folder', () => transformersEncoder({ model: pictures }))

const mean = (...words: string[]) => {
  const sum = words.map(vectorOf).reduce((all, one) => all.map((value, at) => value + one[at]))
  const length = Math.hypot(...sum)
  return sum.map((value) => value / length)
}
const close = (found: ArrayLike<number>, expected: readonly number[]) => {
  expect(found.length).toBe(expected.length)
  for (const [at, value] of expected.entries()) expect(found[at]).toBeCloseTo(value, 5)
}

describe('a sentence model', () => {
  it('gives each text the mean of its words, of length 1, whatever stands beside it', async () => {
    const encoder = (await transformersEncoder({ model: texts })) as TextEncoder
    expect(encoder).toMatchObject({ input: { of: 'texts' }, features: 6, revision: 'local', source: texts })
    const found = await encoder.encode(['Good TEA', 'awful', '', 'nobody knows'])
    close(found.subarray(0, 12), [...mean('good', 'tea'), ...mean('awful')])
    expect(found.every(Number.isFinite)).toBe(true)
    close(await encoder.encode(['awful']), mean('awful'))
    encoder.dispose?.()
  })

  it('takes the first token, a prefix, and has a checksum of both and of its files', async () => {
    const first = (await transformersEncoder({ model: texts, tokens: 'first' })) as TextEncoder
    close(await first.encode(['bad tea']), mean('bad'))
    const prefix = (await transformersEncoder({ model: texts, prefix: 'good ' })) as TextEncoder
    close(await prefix.encode(['tea']), mean('good', 'tea'))
    const plain = await transformersEncoder({ model: texts })
    const other = join(folder, 'other')
    writeTextModel(other)
    const config = join(other, 'config.json')
    const same = await transformersEncoder({ model: other })
    expect(same.checksum).toBe(plain.checksum)
    writeFileSync(config, JSON.stringify({ model_type: 'bert', hidden_size: 6 }))
    const changed = await transformersEncoder({ model: other })
    expect(new Set([first, prefix, plain, changed].map(({ checksum }) => checksum)).size).toBe(4)
  })
})

describe('a model of pictures', () => {
  it('has the statistics and the size of its preprocessor, and gives the first token or the mean', async () => {
    const encoder = (await transformersEncoder({ model: pictures })) as PictureEncoder
    expect(encoder.input).toEqual({ of: 'pictures', height: 4, width: 4, channels: 3, fit: 'crop' })
    expect(encoder).toMatchObject({ mean: [0.5, 0.5, 0], deviation: [0.5, 0.25, 1], features: 24 })
    const picture = Float32Array.from({ length: 48 }, (_, at) => [1, 0.75, 0.25][at % 3])
    const red = Array(16).fill(1)
    close(await encoder.encode(picture), [...red, ...Array(8).fill(1)])
    const both = (await transformersEncoder({ model: pictures, tokens: 'mean' })) as PictureEncoder
    close(await both.encode(picture), [...Array(8).fill(1), ...Array(8).fill(0.625), ...Array(8).fill(0.625)])
    expect(both.checksum).not.toBe(encoder.checksum)
  })
})

describe('what cannot be', () => {
  it('is told: a folder without a model, a broken one, a text that is no name', async () => {
    const empty = join(folder, 'empty')
    mkdirSync(empty)
    await expect(transformersEncoder({ model: empty })).rejects.toThrow(/holds no model: it has no config\.json/)
    const broken = join(folder, 'broken')
    writeTextModel(broken)
    writeFileSync(join(broken, 'onnx/model.onnx'), 'no model')
    await expect(transformersEncoder({ model: broken })).rejects.toThrow(/cannot be loaded: .* Its folder must hold/)
    for (const model of ['nowhere', './no/where', 'https://x.org/y'])
      await expect(transformersEncoder({ model })).rejects.toThrow(/a downloaded model, or a name such as owner\/model/)
  })

  it('is told without network, and of a model that there is not', async () => {
    const { remoteHost } = env
    const server = createServer((_, response) => response.writeHead(404).end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    try {
      env.remoteHost = host
      const absent = transformersEncoder({ model: 'nobody/nothing' })
      await expect(absent).rejects.toThrow(/'nobody\/nothing' cannot be loaded: .*already downloaded model/)
      server.close()
      server.closeAllConnections()
      const offline = transformersEncoder({ model: 'nobody/nothing' })
      await expect(offline).rejects.toThrow(/fetch failed.*ECONNREFUSED.*Without network give the folder/)
    } finally {
      server.close()
      env.remoteHost = remoteHost
    }
  })

  it('is told where the library is not installed', async () => {
    const missing = Object.assign(new Error("Cannot find package '@huggingface/transformers'"), {
      code: 'ERR_MODULE_NOT_FOUND',
    })
    const load = () => Promise.reject(missing).catch(rethrow)
    await expect(loadTransformers("The encoder 'x'", load)).rejects.toThrow(
      /^The encoder 'x' needs .*not installed\. Install it: npm install --ignore-scripts @huggingface\/transformers\./,
    )
  })
})

it('short names are plugins, which take a folder', async () => {
  const plugin = plugins.find(({ name }) => name === 'all-minilm-l6-v2')!
  expect(plugin.options.parse({})).toMatchObject({ model: 'Xenova/all-MiniLM-L6-v2', revision: 'main' })
  const encoder = await plugin.create(plugin.options.parse({ model: texts }) as never, {})
  expect(encoder).toMatchObject({ name: 'all-minilm-l6-v2', licence: 'Apache-2.0', source: texts })
})

it('a named model is downloaded once, from the revision that is asked for', async () => {
  const { readFileSync, existsSync } = await import('node:fs')
  const asked: string[] = []
  const server = createServer(({ url = '' }, response) => {
    asked.push(url)
    const file = join(texts, url.replace(/^\/someone\/sentences\/resolve\/(v1|main)\//, ''))
    if (existsSync(file)) response.end(readFileSync(file))
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { remoteHost } = env
  env.remoteHost = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  try {
    const ask = (revision: string) => transformersEncoder({ model: 'someone/sentences', revision })
    const encoder = (await ask('v1')) as TextEncoder
    close(await encoder.encode(['good']), mean('good'))
    expect(encoder).toMatchObject({ revision: 'v1', source: 'Hugging Face hub: someone/sentences' })
    expect(asked.some((url) => url.endsWith('/resolve/v1/onnx/model.onnx'))).toBe(true)
    expect((await ask('main')).checksum).toBe(encoder.checksum)
    const { length } = asked.filter((url) => url.endsWith('model.onnx'))
    server.close()
    server.closeAllConnections()
    expect((await ask('main')).checksum).toBe(encoder.checksum)
    expect(asked.filter((url) => url.endsWith('model.onnx'))).toHaveLength(length)
    // The same files in a folder are the same encoder.
    expect((await transformersEncoder({ model: texts })).checksum).toBe(encoder.checksum)
  } finally {
    server.close()
    env.remoteHost = remoteHost
  }
})
