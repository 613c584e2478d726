// Every pipeline on every backend that is here: the losses of its first steps are those on plain JavaScript.
import { onnx, onnxWebgpu } from '@dc/backend-onnx'
import { type Backend, cpu, wasm, webgpu } from '@dc/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { pipelineSteps, registry, smallPipelines } from './pipeline-steps'

const compiled = [onnx.create({}, {}), wasm.create({}, {})]
const shaders = [webgpu.create({ allowSoftware: true }, {}), onnxWebgpu.create({ allowSoftware: true }, {})]

describe.each(Object.keys(smallPipelines))('%s', (name) => {
  let expected: Awaited<ReturnType<typeof pipelineSteps>>
  beforeAll(async () => {
    await cpu.create({}, {}).activate()
    expected = await pipelineSteps(name, 2)
  })

  const agrees = async (backend: Backend) => {
    await backend.activate()
    const { losses, labels } = await pipelineSteps(name, 2)
    losses.forEach((loss, epoch) => {
      expect(loss / expected.losses[epoch], `epoch ${epoch}`).toBeCloseTo(1, 2)
    })
    const same = labels.filter((label, row) => label === expected.labels[row]).length
    expect(same).toBeGreaterThanOrEqual(0.9 * labels.length)
  }

  it.each(compiled)('on $name', agrees)

  // Compiling shaders in software takes its time.
  it.for(shaders)('a few steps on $name', { timeout: 300_000 }, async (backend, { skip }) => {
    const here = await backend.available()
    skip(!here.ok, here.ok ? '' : here.reason)
    const readsInStep = registry.get('pipeline', name).traits?.readsInStep === true
    skip(readsInStep && backend.name === 'webgpu', 'it cannot read in the middle of a step; the app passes it over')
    await agrees(backend)
  })
})
