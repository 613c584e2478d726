import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { initBackend, tf } from '@dc/core'
import { BackendError } from '@dc/core/errors'
import { describe, expect, it } from 'vitest'
import { onnx, onnxCuda, onnxWebgpu, statistics } from './index'

const require = createRequire(import.meta.url)

describe('plugin onnx', () => {
  it('runs, and says on what', async () => {
    const choice = await initBackend([onnx.create({ threads: 1 }, {})])
    expect(choice.explain()).toMatch(
      /onnx: used \(ONNX Runtime 1\.30\.\d+, CPU, 1 thread, results in place, (channels in blocks of (8|16)|no kernels for blocked channels)\)/,
    )
    const x = tf.ones([2, 2])
    expect(Array.from(x.add(1).dataSync())).toEqual([2, 2, 2, 2])
    expect(statistics().sessions).toBeGreaterThan(0)
    x.dispose()
  })
})

describe('plugin onnx-cuda', () => {
  const library = require
    .resolve('onnxruntime-node/package.json')
    .replace('package.json', `bin/napi-v6/${process.platform}/${process.arch}/libonnxruntime_providers_cuda.so`)

  it.skipIf(existsSync(library))('says how to install the provider that is not there', async () => {
    const backend = onnxCuda.create({}, {})
    const available = await backend.available()
    expect(available).toMatchObject({ ok: false, reason: expect.stringMatching(/provider/) })
    await expect(backend.activate()).rejects.toThrow(BackendError)
    const asked = initBackend([backend, onnx.create({}, {})], { prefer: ['onnx-cuda'] })
    await expect(asked).rejects.toThrow(
      process.platform === 'linux' ? 'npm install onnxruntime-node --onnxruntime-node-install=cuda12' : 'provider',
    )
  })
})

describe('plugin onnx-webgpu', () => {
  it('is a GPU, or says why not', async () => {
    const available = await onnxWebgpu.create({}, {}).available()
    if (!available.ok) expect(available.reason).toMatch(/libvulkan|no GPU|has no webgpu provider/)
  })
})
