// WebGPU without a GPU: `npm test` points the Vulkan loader at the software adapter of scripts/setup-swiftshader.
import { onnxWebgpu } from '@dc/backend-onnx'
import { type Backend, cpu, initBackend, webgpu } from '@dc/core'
import { testBackend } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { trainSteps } from './train-step'

const dawn = webgpu.create({ allowSoftware: true }, {})
const runtime = onnxWebgpu.create({ allowSoftware: true }, {})
const missing = new Map<Backend, string>()
for (const backend of [dawn, runtime]) {
  const available = await backend.available()
  if (available.ok) continue
  missing.set(backend, available.reason)
  console.log(
    `${backend.name} is not tested here: ${available.reason} (scripts/setup-swiftshader brings a software Vulkan)`,
  )
}

describe.skipIf(missing.has(dawn))('webgpu', () => {
  testBackend({ describe, it }, 'webgpu', () => dawn.activate())

  it('is refused as a GPU when only software runs it', async () => {
    await dawn.activate()
    const strict = webgpu.create({ allowSoftware: false }, {})
    if (/swiftshader|llvmpipe/i.test(dawn.describe?.() ?? ''))
      await expect(initBackend([strict])).rejects.toThrow('only a software adapter was found')
    else expect((await initBackend([strict])).name).toBe('webgpu')
  })
})

describe('a training step', () => {
  let expected: number[]
  beforeAll(async () => {
    await cpu.create({}, {}).activate()
    expected = await trainSteps(3)
  })

  // Compiling shaders in software takes its time.
  it.for([dawn, runtime])('is the same on $name as on cpu', { timeout: 300_000 }, async (backend, { skip }) => {
    skip(missing.has(backend), missing.get(backend))
    await backend.activate()
    const losses = await trainSteps(3)
    expect(losses[2]).toBeLessThan(losses[0])
    losses.forEach((loss, step) => {
      expect(loss).toBeCloseTo(expected[step], 4)
    })
  })
})
