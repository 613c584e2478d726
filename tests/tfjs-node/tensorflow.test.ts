// tfjs-node for real, where scripts/setup-tfjs-node has built it.
import { existsSync } from 'node:fs'
import { cpu, initBackend, tensorflow } from '@dc/core'
import { testBackend } from '@dc/core/testing'
import { describe, expect, it } from 'vitest'
import { trainSteps } from '../backends/train-step'

const folder = new URL('.build/node_modules/@tensorflow/tfjs-node/', import.meta.url)
const built = existsSync(new URL('lib/napi-v8/tfjs_binding.node', folder))
if (!built) console.log('tensorflow is not tested here: scripts/setup-tfjs-node builds @tensorflow/tfjs-node')

describe.skipIf(!built)('tensorflow', () => {
  const backend = tensorflow.create({ module: new URL('dist/index.js', folder).href }, {})
  testBackend({ describe, it }, 'tensorflow', () => backend.activate())

  it('is chosen by initBackend', async () => {
    const choice = await initBackend([backend, cpu.create({}, {})])
    expect(choice.explain()).toBe('  tensorflow: used (TensorFlow C library, CPU)')
  })

  it('takes the same training steps as cpu', async () => {
    await cpu.create({}, {}).activate()
    const expected = await trainSteps(5)
    await backend.activate()
    const losses = await trainSteps(5)
    losses.forEach((loss, step) => {
      expect(loss).toBeCloseTo(expected[step], 4)
    })
  })
})
