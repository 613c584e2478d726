import { type ClassicalPipeline, cpu, initBackend, type Pipeline, tf } from '@dc/core'
import { type LearningOptions, testPipelineLearns } from '@dc/core/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { assemble } from '../registry'

const registry = assemble()
const backbone = { name: 'mlp', options: { widths: [16] } }
const projection = { name: 'projection', options: { hidden: 16, width: 4 } }
const pretrain = { name: 'autoencoder', options: { widths: [16], code: 3 } }

beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const cases: Record<string, [options: object, LearningOptions?]> = {
  leiden: [{}],
  bootsc: [{ backbone, projection }, { steps: 80 }],
  p2ot: [{ backbone, initial: 'kmeans' }],
  otdc: [{ backbone: pretrain, pretrain: 50 }],
  dscl: [{ backbone }],
}
for (const [name, [options, more]] of Object.entries(cases))
  testPipelineLearns(
    { describe, it },
    name,
    ({ k, ...context }) => registry.make('pipeline', name, { k, ...options }, context),
    more,
  )

describe('testPipelineLearns', () => {
  /** Runs the suite as a runner would. */
  async function outcome(make: () => Pipeline | ClassicalPipeline): Promise<void> {
    let run: (() => void | Promise<void>) | undefined
    const api = {
      describe: (_: string, body: () => void) => body(),
      it: (_: string, body: typeof run) => void (run = body),
    }
    testPipelineLearns(api as never, 'tried', make)
    await run?.()
  }
  const fitted = (label: (row: number) => number): ClassicalPipeline => ({
    fit: async ({ size }) => ({
      labels: Int32Array.from({ length: size }, (_, row) => label(row)),
      embedding: new Float32Array(size),
      width: 1,
    }),
    predict: async () => ({ labels: new Int32Array(0), embedding: new Float32Array(0), width: 1 }),
    state: () => ({}),
    restore: () => {},
  })

  it('passes whoever finds the groups, whatever they are called', () =>
    outcome(() => fitted((row) => [7, 0, 4][row % 3])))

  it('fails whoever does not', async () => {
    await expect(outcome(() => fitted(() => 0))).rejects.toThrow('33 % of the rows are in the right cluster')
    await expect(outcome(() => fitted((row) => row % 2))).rejects.toThrow(/^3\d % of the rows/)
    await expect(outcome(() => fitted((row) => row))).rejects.toThrow(/ % of the rows/)
    const weight = tf.variable(tf.scalar(1))
    const blind: Pipeline = {
      model: { variables: { weight } },
      views: () => [],
      step: () => ({ loss: weight.square() as tf.Scalar, logs: {} }),
      infer: (x) => ({ embedding: x.clone() as tf.Tensor2D, labels: tf.zeros<tf.Rank.R1>([x.shape[0]], 'int32') }),
    }
    await expect(outcome(() => blind)).rejects.toThrow('33 % of the rows')
  })
})
