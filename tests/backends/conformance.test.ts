import { onnx } from '@dc/backend-onnx'
import { cpu, wasm } from '@dc/core'
import { testBackend } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { trainSteps } from './train-step'

const backends = [cpu.create({}, {}), wasm.create({}, {}), onnx.create({}, {})]

for (const backend of backends) testBackend({ describe, it }, backend.name, () => backend.activate())

describe('a training step', () => {
  let expected: number[]
  beforeAll(async () => {
    await backends[0].activate()
    expected = await trainSteps(5)
  })

  it('lowers the loss', () => {
    expect(expected[4]).toBeLessThan(expected[0])
  })

  it.each(backends.slice(1))('is the same on $name as on cpu', async (backend) => {
    await backend.activate()
    const losses = await trainSteps(5)
    losses.forEach((loss, step) => {
      expect(loss).toBeCloseTo(expected[step], 4)
    })
  })
})
