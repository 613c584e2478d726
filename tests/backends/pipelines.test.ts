// Every pipeline on every backend that is here: the losses of its first steps are those on plain JavaScript.
import { onnx, onnxWebgpu } from '@dc/backend-onnx'
import { type Backend, cpu, wasm, webgpu } from '@dc/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { pipelineSteps, smallPipelines } from './pipeline-steps'

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
    const [available] = await Promise.all(
      candidatesFor(name, registry).flatMap(({ name: other, available }) => (other === backend.name ? [available()] : [])),
    )
    if (/middle of a step/.test(available.ok ? '' : available.reason)) skip(true, available.ok ? '' : available.reason)
    skip(!available.ok, available.ok ? '' : available.reason)
    await agrees(backend)
  })
})
