// WebGPU without a GPU: `npm test` points the Vulkan loader at the software adapter of scripts/setup-swiftshader.
import { compile, onnx, onnxWebgpu, statistics } from '@dc/backend-onnx'
import { type Backend, cpu, createRandom, initBackend, tf, webgpu } from '@dc/core'
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

describe.skipIf(missing.has(runtime))('weights of a compiled step on onnx-webgpu', () => {
  const [rows, wide, steps] = [8, 64, 4]

  /** Some steps with momentum; what each sends and gets, and the weights at the end, in one training and in two. */
  async function training(backend: Backend) {
    await backend.activate()
    const random = createRandom(5)
    const matrix = (n: number, d: number) => tf.tensor2d(random.normals(n * d, 0, 0.1), [n, d])
    const [w, momentum] = [matrix(wide, wide), tf.zeros([wide, wide])].map((from, i) => {
      const variable = tf.variable(from, i === 0)
      from.dispose()
      return variable
    })
    // All rows, which the step takes some of: they are around it.
    const all = matrix(10 * wide, wide)
    const step = compile(
      (x: tf.Tensor2D, rate: tf.Scalar, picked: tf.Tensor1D) => {
        const { value, grads } = tf.variableGrads(() =>
          x
            .add(all.gather(picked))
            .matMul(w as tf.Tensor2D)
            .sub(x)
            .square()
            .mean(),
        )
        momentum.assign(momentum.mul(0.9).add(grads[w.name]))
        w.assign(w.sub(momentum.mul(rate)))
        return value
      },
      { atOnce: true },
    )
    const rate = tf.scalar(0.5)
    const picked = tf.tensor1d(
      Array.from({ length: rows }, (_, row) => 7 * row),
      'int32',
    )
    const held = tf.memory()
    const moved: { toDevice: number; fromDevice: number }[] = []
    const losses: number[] = []
    for (let i = 0; i < steps; i++) {
      const before = statistics().traffic
      const x = matrix(rows, wide)
      const loss = step(x, rate, picked)
      const { toDevice, fromDevice } = statistics().traffic
      moved.push({ toDevice: toDevice - before.toDevice, fromDevice: fromDevice - before.fromDevice })
      losses.push(loss.dataSync()[0])
      tf.dispose([x, loss])
    }
    expect(tf.memory()).toMatchObject({ numTensors: held.numTensors, numDataBuffers: held.numDataBuffers })
    const weights = w.dataSync().slice()
    // By other graphs they are read where they are.
    const before = statistics().traffic
    const sum = tf.tidy(() => w.sum().dataSync()[0])
    const { toDevice } = statistics().traffic
    // What is read once is written as any other.
    tf.tidy(() => w.assign(tf.tensor2d(weights, [wide, wide]).mul(2)))
    const again = tf.tidy(() => step(matrix(rows, wide), rate, picked)).dataSync()[0]
    const doubled = w.dataSync().slice()
    step.dispose()
    tf.dispose([w, momentum, rate, all, picked])
    return {
      losses,
      weights,
      sum,
      again,
      doubled,
      moved,
      toSum: toDevice - before.toDevice,
    }
  }

  it('stay on the device between steps, and are those of the CPU', { timeout: 120_000 }, async () => {
    const expected = await training(onnx.create({}, {}))
    const found = await training(runtime)
    const close = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).forEach((value, i) => {
        expect(value).toBeCloseTo(b[i], 5)
      })
    close(found.losses, expected.losses)
    close(found.weights, expected.weights)
    close(found.doubled, expected.doubled)
    expect(found.sum).toBeCloseTo(expected.sum, 3)
    expect(found.again).toBeCloseTo(expected.again, 5)
    const batch = 4 * rows * wide
    // The first step brings the weights, and all rows.
    for (const { toDevice, fromDevice } of found.moved.slice(1)) {
      expect(toDevice).toBeLessThanOrEqual(batch + 4 + 4 * rows)
      expect(fromDevice).toBe(4)
    }
    expect(found.toSum).toBeLessThan(4 * wide)
  })

  it('are read by several steps in one copy, which stays until the last of them ends', {
    timeout: 120_000,
  }, async () => {
    await runtime.activate()
    const table = tf.tensor2d(createRandom(3).normals(500 * wide), [500, wide])
    const w = tf.variable(tf.scalar(1))
    const summing = (n: number) =>
      compile(
        (picked: tf.Tensor1D) => {
          w.assign(w.add(1))
          return { sum: table.gather(picked).sum().mul(w), n: tf.scalar(n) }
        },
        { atOnce: true },
      )
    const steps = [summing(1), summing(2)]
    const expected = async (picked: number[], factor: number) => {
      const values = await table.data()
      const rows = picked.flatMap((row) => [...values.slice(row * wide, (row + 1) * wide)])
      return factor * rows.reduce((sum, value) => sum + value, 0)
    }
    const sent: number[] = []
    let factor = 1
    for (const [at, picked] of [
      [0, [1, 2]],
      [1, [3, 4]],
      [0, [499, 0]],
      [1, [7, 7]],
    ] as [number, number[]][]) {
      const before = statistics().traffic.toDevice
      if (sent.length === 3) steps[0].dispose()
      const given = tf.tensor1d(picked, 'int32')
      const { sum, n } = steps[at](given)
      expect((await sum.data())[0]).toBeCloseTo(await expected(picked, ++factor), 2)
      sent.push(statistics().traffic.toDevice - before)
      tf.dispose([given, sum, n])
    }
    expect(sent[0]).toBeGreaterThan(4 * 500 * wide)
    for (const bytes of sent.slice(1)) expect(bytes).toBeLessThan(1000)
    steps[1].dispose()
    // A new one brings it anew.
    const before = statistics().traffic.toDevice
    const third = summing(3)
    const given = tf.tensor1d([5, 6], 'int32')
    const found = third(given)
    expect((await found.sum.data())[0]).toBeCloseTo(await expected([5, 6], ++factor), 2)
    expect(statistics().traffic.toDevice - before).toBeGreaterThan(4 * 500 * wide)
    third.dispose()
    tf.dispose([table, w, given, found])
  })
})
