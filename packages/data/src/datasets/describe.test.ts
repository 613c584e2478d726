import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createRegistry, parseOptions } from '@dc/core/plugin'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plugins } from '../index'
import { idx, npy, zip } from '../testing/bytes'

const root = mkdtempSync(join(tmpdir(), 'dc-describe-'))
afterAll(() => rmSync(root, { recursive: true }))
const at = (name: string) => join(root, name)
const bytes = (count: number) => Uint8Array.from({ length: count }, (_, i) => i % 2)
beforeAll(async () => {
  writeFileSync(at('grey.npy'), npy('|u1', '(2, 3, 4)', bytes(24)))
  writeFileSync(at('colour.npy.gz'), gzipSync(npy('|u1', '(2, 3, 4, 3)', bytes(72))))
  writeFileSync(at('mask.npy'), npy('|b1', '(2, 3, 4, 1)', bytes(24)))
  writeFileSync(at('layers.npy'), npy('|u1', '(2, 5, 4, 2)', bytes(80)))
  writeFileSync(at('floats.npy'), npy('<f4', '(2, 3, 4)', new Float32Array(24)))
  writeFileSync(at('rows.npy'), npy('<f4', '(2, 3)', new Float32Array(6)))
  writeFileSync(
    at('x.npz'),
    zip([
      { name: 'x.npy', data: npy('|u1', '(2, 3, 4)', bytes(24)) },
      { name: 'y.npy', data: npy('<i4', '(2,)', Int32Array.of(0, 1)) },
    ]),
  )
  writeFileSync(at('rows.csv'), '1,2\n3,4\n')
  mkdirSync(at('digits'))
  writeFileSync(at('digits/t10k-images-idx3-ubyte.gz'), gzipSync(idx(8, [2, 3, 5], new Array(30).fill(7))))
  mkdirSync(at('photos'))
  const create = { width: 9, height: 9, channels: 3, background: 'red' } as const
  writeFileSync(at('photos/a.png'), await sharp({ create }).png().toBuffer())
})

const registry = createRegistry([plugins])

describe('a data set', () => {
  it.each([
    ['optdigits', {}],
    ['dscl-toy', {}],
    ['csv', { path: at('rows.csv') }],
    ['npy', { path: at('grey.npy') }],
    ['npy', { path: at('colour.npy.gz') }],
    ['npy', { path: at('mask.npy') }],
    ['npy', { path: at('layers.npy') }],
    ['npy', { path: at('floats.npy') }],
    ['npy', { path: at('rows.npy') }],
    ['npz', { path: at('x.npz') }],
    ['npz', { path: at('x.npz'), features: 'x' }],
    ['idx', { path: at('digits') }],
    ['image-folder', { path: at('photos'), cache: false }],
    ['image-folder', { path: at('photos'), cache: false, size: [6, 7], channels: 1 }],
  ])('%s %o describes what is read', async (name, options) => {
    const { describe, options: schema } = registry.get('dataset', name)
    const described = await describe!(parseOptions(schema, options, name))
    const { image } = await registry.make('dataset', name, options)
    const { range: _, ...expected } = image ?? { range: null }
    expect(described).toEqual(image ? { image: expected } : {})
  })

  it('is described by the head of a file, whose rows may be missing', async () => {
    writeFileSync(at('cut.npy'), npy('|u1', '(1000000, 28, 28)', new Uint8Array(0)))
    const { describe, options } = registry.get('dataset', 'npy')
    const described = await describe!(parseOptions(options, { path: at('cut.npy') }, 'npy'))
    expect(described).toEqual({ image: { height: 28, width: 28, channels: 1 } })
    await expect(registry.create('dataset', 'npy', { path: at('cut.npy') })).rejects.toThrow(/ends inside its values/)
  })

  it('says that it cannot be described, of a file that is absent', async () => {
    const { describe, options } = registry.get('dataset', 'idx')
    await expect(async () => describe!(parseOptions(options, { path: at('absent') }, 'idx'))).rejects.toThrow(/absent/)
  })
})
