// Every pipeline on every backend that is here: the losses of its first steps are those on plain JavaScript.
import { onnx, onnxWebgpu } from '@dc/backend-onnx'
import { type Backend, type CompilingBackend, cpu, tf, wasm, webgpu } from '@dc/core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { devicePipelines, pipelineSteps, smallPipelines } from './pipeline-steps'

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

  it('reads one tensor at each step, the loss, where targets and views are made on the device', {
    timeout: 60_000,
  }, async () => {
    await compiled[0].activate()
    const backend = tf.backend() as tf.KernelBackend & CompilingBackend
    const spies = { sync: vi.spyOn(backend, 'readSync'), host: vi.spyOn(backend, 'hostTensor') }
    const counts: number[] = []
    const onStep = () => void counts.push(spies.sync.mock.calls.length + spies.host.mock.calls.length)
    const onPlainSteps = () => expect.unreachable('a step is not compiled')
    try {
      await pipelineSteps(name, 2, devicePipelines, { callbacks: [{ onStep, onPlainSteps }], viewsOn: 'device' })
    } finally {
      for (const spy of Object.values(spies)) spy.mockRestore()
    }
    // Of two steps of an epoch, for more is read before the first of all, and at an epoch's end.
    expect(counts).toHaveLength(4)
    expect([counts[1] - counts[0], counts[3] - counts[2]]).toEqual([1, 1])
  })

  // Compiling shaders in software takes its time.
  it.for(shaders)('a few steps on $name', { timeout: 300_000 }, async (backend, { skip }) => {
    const here = await backend.available()
    skip(!here.ok, here.ok ? '' : here.reason)
    await cpu.create({}, {}).activate()
    // Of four steps the first two may compile.
    const epochs = backend.name === 'onnx-webgpu' ? 2 : 1
    const onCpu = await pipelineSteps(name, epochs, devicePipelines, { viewsOn: 'device' })
    await backend.activate()
    const sent: number[] = []
    const onStep = () => void sent.push((tf.backend() as Counted).statistics?.traffic.toDevice ?? 0)
    const { losses } = await pipelineSteps(name, epochs, devicePipelines, { viewsOn: 'auto', callbacks: [{ onStep }] })
    losses.forEach((loss, epoch) => {
      expect(loss / onCpu.losses[epoch], `epoch ${epoch}`).toBeCloseTo(1, 3)
    })
    // 48 row numbers, what is drawn for each of them, and the rate; two views of 48 digits would be 24,576 bytes.
    // Sp2ot is sent the neighbours of the rows of its buffer too.
    if (backend.name === 'onnx-webgpu') expect(sent[3] - sent[2]).toBeLessThan(name === 'sp2ot' ? 300_000 : 3000)
  })
})

/** A backend that counts what goes to its device. */
type Counted = tf.KernelBackend & { readonly statistics?: { readonly traffic: { readonly toDevice: number } } }
