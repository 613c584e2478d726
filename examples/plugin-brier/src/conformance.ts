import { describe, it } from 'node:test'
import { cpu, createRandom, initBackend, tf } from '@dc/core'
import { testLoss, testPipeline, testPipelineLearns, waves } from '@dc/core/testing'
import { assemble } from '@dc/pipelines'
import { agreement, brier } from './index.js'

await initBackend([cpu.create({}, {})])
const registry = assemble([brier, agreement])

const normal = (seed: number) => tf.tensor2d(createRandom(seed).normals(15), [5, 3])
const inputs = () => ({
  scores: [normal(1), normal(2)],
  targets: [tf.softmax(normal(3)), tf.softmax(normal(4))],
})
testLoss({ describe, it }, 'brier', () => registry.create('loss', 'brier'), inputs, 'scores')

const rows = Int32Array.from({ length: 24 }, (_, row) => row)
const batch = { rows, values: waves(24 * 8), sampleShape: [8] }
const context = () => ({ inputShape: batch.sampleShape, random: createRandom(0) })
testPipeline({ describe, it }, 'agreement', () => registry.create('pipeline', 'agreement', { k: 3 }, context()), batch)
testPipelineLearns({ describe, it }, 'agreement', ({ k, ...made }) =>
  registry.create('pipeline', 'agreement', { k }, made),
)
