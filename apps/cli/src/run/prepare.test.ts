import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AnyPlugin, cpu, createRegistry, definePlugin, initBackend, type Plugin } from '@dc/core'
import { loadOptdigits, memoryDataset } from '@dc/data'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { assemble } from '../assembly'
import { firstConfig, prepare } from './prepare'
import { readData } from './settle-rows'

const folder = mkdtempSync(join(tmpdir(), 'dc-prepare-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
  const create = { width: 40, height: 40, channels: 3 } as const
  for (let at = 0; at < 12; at++) {
    const background = { r: 20 * at, g: 90, b: 255 - 20 * at }
    writeFileSync(
      join(folder, `${at}.png`),
      await sharp({ create: { ...create, background } })
        .png()
        .toBuffer(),
    )
  }
})

/** Small images of a plugin that does not describe them. */
const unsaid = definePlugin({
  kind: 'dataset',
  name: 'unsaid',
  apiVersion: 1,
  options: z.strictObject({}),
  async create() {
    const { values, labels, sampleShape, image } = await loadOptdigits()
    return memoryDataset({
      name: 'unsaid',
      values: values.slice(0, 64 * 60),
      sampleShape,
      image,
      labels: labels!.slice(0, 60),
    })
  },
})

/** The registry of the app; what is read of it is counted. */
function counting() {
  const read: string[] = []
  const counted = (plugin: Plugin<'dataset'>): Plugin<'dataset'> => ({
    ...plugin,
    create(options, context) {
      read.push(plugin.name)
      return plugin.create(options, context)
    },
  })
  const plugins = [...assemble().list(), unsaid as AnyPlugin]
  const registry = createRegistry(plugins.map((plugin) => (plugin.kind === 'dataset' ? counted(plugin) : plugin)))
  return { read, registry }
}

const small = 'options.backbone={"name":"mlp","options":{"widths":[8]}}'

describe('a run', () => {
  it.each([
    ['digits', {}, 'optdigits', 'digits'],
    ['photos that the preset reads in its own way', { data: folder, k: 3 }, 'image-folder', 'photos'],
    ['a part of data', { data: 'long-tail:optdigits' }, 'long-tail', 'digits'],
    ['data of a plugin that does not describe them', { data: 'unsaid' }, 'unsaid', 'digits'],
  ])('of %s reads them once, for the preset of its rows', async (_, flags, name, preset) => {
    const { read, registry } = counting()
    const given = { set: preset === 'photos' ? ['data.options.cache=false'] : [small], plugin: [], ...flags }
    const first = await firstConfig('bootsc', given, registry)
    expect(read).toEqual([])
    const { config, rows } = await prepare(first, await readData(first.config, registry), given, registry)
    expect(read.filter((dataset) => dataset === name)).toEqual([name])
    expect(config.preset).toBe(preset)
    if (preset === 'photos') {
      expect(config.data.options).toMatchObject({ size: 32, path: folder })
      expect(rows.dataset.sampleShape).toEqual([32, 32, 3])
    }
  })

  it('of more rows than their embeddings fit says so before it begins', async () => {
    const { registry } = counting()
    const many = (size: number) => ({
      ...{ name: 'many', size, sampleShape: [64], metadata: {} },
      read: async (rows: ArrayLike<number>) => new Float32Array(64 * rows.length),
    })
    const noted = async (pipeline: string, size: number) => {
      const backbone = 'options.backbone={"name":"mlp","options":{"widths":[256]}}'
      const flags = { set: pipeline === 'p2ot' ? [backbone] : [], plugin: [], k: 3 }
      const first = await firstConfig(pipeline, { ...flags, data: 'unsaid' }, registry)
      return (await prepare(first, many(size), flags, registry)).notes.join('\n')
    }
    const told = 'the embeddings of 3,000,000 rows, 256 numbers each, take 2.9 GiB of memory'
    expect(await noted('p2ot', 3_000_000)).toContain(told)
    expect(await noted('p2ot', 3000)).not.toContain('memory')
    // k-means reads its rows again, and holds no place.
    expect(await noted('kmeans', 3_000_000)).not.toContain('memory')
  })

  it('of data that describe themselves has its options refused before they are read', async () => {
    const { read, registry } = counting()
    const first = (set: string[], data?: string) => firstConfig('bootsc', { set, plugin: [], data }, registry)
    await expect(first(['options.rounds=-1'])).rejects.toThrow(/pipeline.bootsc.rounds/)
    await expect(first(['data.options.size=[0, 3]'], folder)).rejects.toThrow(/dataset.image-folder.size/)
    await expect(first(['data=3'])).rejects.toThrow(/config.data/)
    expect(read).toEqual([])
  })

  it('has the preset for how its settings say that data are read', async () => {
    const { registry } = counting()
    const grey = ['data.options.channels=1', 'data.options.size=28']
    const { config, open } = await firstConfig('bootsc', { set: grey, plugin: [], data: folder }, registry)
    expect([config.preset, open]).toEqual(['fashion-convnet', false])
  })
})
