import { describe, it } from 'node:test'
import { cpu, createRandom, initBackend, tf } from '@dc/core'
import { testLoss } from '@dc/core/testing'
import { plugin } from './index.js'

await initBackend([cpu.create({}, {})])

const normal = (seed: number) => tf.tensor2d(createRandom(seed).normals(15), [5, 3])
const inputs = () => ({
  scores: [normal(1), normal(2)],
  targets: [tf.softmax(normal(3)), tf.softmax(normal(4))],
})
const make = () => plugin.create(plugin.options.parse({}), {})
testLoss({ describe, it }, plugin.name, make, inputs, 'scores')
