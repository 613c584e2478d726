import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Backbone, cpu, createRandom, DataError, DcError, float16ToNumber, initBackend, tf } from '@dc/core'
import { decodeSafetensors } from '@dc/core/safetensors'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadWeights, vit } from '../index'

let folder: string
let network: Backbone
let count = 0
beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
  folder = await mkdtemp(join(tmpdir(), 'weight-file-'))
  network = vit({ inputShape: [8, 8, 3], patch: 4, width: 8, depth: 2, heads: 2, random: createRandom(0) })
})
afterAll(() => tf.dispose(network.variables))

describe('files that are no weights', () => {
  const refused = async (bytes: Uint8Array | string, message: RegExp) => {
    const path = join(folder, `${count++}.bin`)
    await writeFile(path, bytes)
    expect(() => loadWeights(network, path)).toThrow(message)
    expect(() => loadWeights(network, path)).toThrow(DataError)
  }

  it('are told by how they begin, PyTorch files with the way to convert them', async () => {
    // The first bytes of torch.save(…) of PyTorch 2, and of its older format.
    const zip = Buffer.concat([Buffer.from('PK\x03\x04\x00\x00\x08\x08\x00\x00'), Buffer.alloc(100)])
    await refused(zip, /zip archive, as PyTorch's .pt, .pth and .bin files are. Convert it once in Python: save_file/)
    await refused(Buffer.concat([Buffer.from('PK\x03\x04\x14\x00\x00\x00\x00\x00'), Buffer.alloc(100)]), /zip archive/)
    await refused(Buffer.from('80028a0a6cfc9c46f920a86a50192e80024d', 'hex'), /Python pickle.*Convert it once/)
    await refused('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n', /pointer of Git LFS/)
    await refused('<!DOCTYPE html><html>Access denied</html>', /web page/)
    await refused('{"metadata": {"total_size": 3}, "weight_map": {}}', /is JSON/)
    await refused(Buffer.from('\x89HDF\r\n\x1a\n00000000', 'latin1'), /HDF5/)
    await refused('', /it has 0 bytes/)
    await refused('no weights here', /not a whole safetensors file/)
  })

  it('are refused where there is none to read', async () => {
    expect(() => loadWeights(network, join(folder, 'no'))).toThrow(/Cannot read the weights .*it does not exist/)
    await mkdir(join(folder, 'sub'))
    expect(() => loadWeights(network, join(folder, 'sub'))).toThrow(/it is no file/)
    expect(() => loadWeights(network, '/dev/zero')).toThrow(/it is no file/)
    expect(() => loadWeights(network, 'a\0b')).toThrow(/NUL/)
  })

  it('may be larger than 2 GiB', async () => {
    const path = join(folder, 'large')
    const small = readFileSync(fileURLToPath(new URL('./fixtures/vit-torchvision.safetensors', import.meta.url)))
    const { tensors } = decodeSafetensors(small, 'small')
    // A hole on disk stands for the other network's weights.
    const hole = 3 * 2 ** 30
    const header: Record<string, object> = { 'other.weight': { dtype: 'U8', shape: [hole], data_offsets: [0, hole] } }
    let at = hole
    for (const [name, { type, shape, values }] of tensors) {
      header[`vit.${name}`] = { dtype: type, shape, data_offsets: [at, at + values.byteLength] }
      at += values.byteLength
    }
    const text = Buffer.from(JSON.stringify(header))
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(text.length))
    await writeFile(path, Buffer.concat([length, text]))
    const file = await open(path, 'r+')
    let place = length.length + text.length + hole
    for (const { values } of tensors.values()) {
      await file.write(new Uint8Array(values.buffer), 0, values.byteLength, place)
      place += values.byteLength
    }
    await file.close()
    expect(loadWeights(network, path)).toMatchObject({ prefix: 'vit.' })
    const found = await network.variables.cls_token.data()
    const expected = tensors.get('class_token')!.values as Uint16Array
    expect([...found]).toEqual(Array.from(expected, float16ToNumber))
    await rm(path)
  })

  it('or whose bytes are damaged give an error, or the weights', async () => {
    const whole = readFileSync(fileURLToPath(new URL('./fixtures/vit-torchvision.safetensors', import.meta.url)))
    const path = join(folder, 'damaged')
    const header = Number(whole.readBigUInt64LE(0)) + 8
    const attempt = async (bytes: Uint8Array) => {
      await writeFile(path, bytes)
      try {
        expect(loadWeights(network, path).loaded).toHaveLength(30)
      } catch (error) {
        if (!DcError.isInstance(error)) throw error
        expect(error.message.length).toBeLessThan(4001)
      }
    }
    const bits = fc.oneof(fc.nat(8 * header - 1), fc.nat(8 * whole.length - 1))
    for (const bit of fc.sample(bits, { numRuns: 150, seed: 0 })) {
      const bytes = Buffer.from(whole)
      bytes[bit >> 3] ^= 1 << (bit & 7)
      await attempt(bytes)
    }
    for (const length of fc.sample(fc.nat(whole.length - 1), { numRuns: 30, seed: 0 })) {
      await writeFile(path, whole.subarray(0, length))
      expect(() => loadWeights(network, path)).toThrow(DataError)
    }
  })
})
