// WebGPU without a GPU: `npm test` points the Vulkan loader at the software adapter of scripts/setup-swiftshader.
import { cpu, initBackend, webgpu } from '@dc/core'
import { testBackend } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { trainSteps } from './train-step'

const backend = webgpu.create({ allowSoftware: true }, {})
const available = await backend.available()
if (!available.ok)
  console.log(`webgpu is not tested here: ${available.reason} (scripts/setup-swiftshader brings a software Vulkan)`)

describe.skipIf(!available.ok)('webgpu', () => {
  beforeAll(() => backend.activate())
  testBackend({ describe, it }, 'webgpu', () => backend.activate())

  it('takes the same training steps as cpu', async () => {
    await cpu.create({}, {}).activate()
    const expected = await trainSteps(5)
    await backend.activate()
    const losses = await trainSteps(5)
    expect(losses[4]).toBeLessThan(losses[0])
    losses.forEach((loss, step) => {
      expect(loss).toBeCloseTo(expected[step], 4)
    })
  })

  it('is refused as a GPU when only software runs it', async () => {
    const strict = webgpu.create({ allowSoftware: false }, {})
    if (/swiftshader|llvmpipe/i.test(backend.describe?.() ?? ''))
      await expect(initBackend([strict])).rejects.toThrow('only a software adapter was found')
    else expect((await initBackend([strict])).name).toBe('webgpu')
  })
})
