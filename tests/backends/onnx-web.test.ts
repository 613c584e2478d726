// What pages train on: ONNX Runtime as WebAssembly, here in Node.
import { onnxWeb } from '@dc/backend-onnx/web'
import { cpu } from '@dc/core'
import { testBackend } from '@dc/core/testing'
import { describe, expect, it } from 'vitest'
import { trainSteps } from './train-step'

const web = onnxWeb.create({}, {})

testBackend({ describe, it }, web.name, () => web.activate())

describe('a training step on onnx-web', () => {
  it('is the same as on cpu', async () => {
    await cpu.create({}, {}).activate()
    const expected = await trainSteps(5)
    await web.activate()
    const losses = await trainSteps(5)
    losses.forEach((loss, step) => {
      expect(loss).toBeCloseTo(expected[step], 4)
    })
  })
})
