import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it, vi } from 'vitest'
import { tf } from '../tf'
import { cpu } from './cpu'
import { tensorflow, tensorflowGpu } from './tensorflow'

const folder = mkdtempSync(join(tmpdir(), 'dc-tensorflow-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
  vi.unstubAllGlobals()
})

/** A stand-in for tfjs-node without a GPU, which does to tfjs what tfjs-node does when it is loaded. */
vi.stubGlobal('loadStandIn', () => {
  tf.registerBackend('tensorflow', () => new (class extends tf.KernelBackend {})(), 3)
  return tf.setBackend('tensorflow')
})
/** Each has a URL of its own, for a module is run once. */
function standIn(name: string): string {
  const path = join(folder, `${name}.mjs`)
  writeFileSync(path, 'await loadStandIn()')
  return pathToFileURL(path).href
}

it('is asked whether it can run without changing what runs', async () => {
  expect(tf.engine().backendName).toBeUndefined()
  const first = tensorflow.create({ module: standIn('first') }, {})
  expect(await first.available()).toEqual({ ok: true })
  expect(tf.engine().backendName).toBeUndefined()

  await cpu.create({}, {}).activate()
  const second = tensorflow.create({ module: standIn('second') }, {})
  expect(await second.available()).toEqual({ ok: true })
  expect(tf.getBackend()).toBe('cpu')
  expect([...tf.tensor1d([1, 2]).mul(2).dataSync()]).toEqual([2, 4])

  await second.activate()
  expect(tf.getBackend()).toBe('tensorflow')
  expect(await second.available()).toEqual({ ok: true })
  expect(tf.getBackend()).toBe('tensorflow')
})

it('leaves what runs where it cannot run itself', async () => {
  await cpu.create({}, {}).activate()
  const gpu = tensorflowGpu.create({ module: standIn('gpu') }, {})
  expect(await gpu.available()).toMatchObject({ ok: false, reason: expect.stringContaining('sees no CUDA 11 device') })
  await expect(gpu.activate()).rejects.toThrow('sees no CUDA 11 device')
  expect(tf.getBackend()).toBe('cpu')
  const missing = tensorflow.create({ module: pathToFileURL(join(folder, 'none.mjs')).href }, {})
  expect(await missing.available()).toMatchObject({ ok: false })
  expect(tf.getBackend()).toBe('cpu')
})
