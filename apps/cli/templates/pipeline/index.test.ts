import { describe, it } from 'node:test'
import { cpu, createRandom, initBackend } from '@dc/core'
import { testPipeline, testPipelineLearns, waves } from '@dc/core/testing'
import { assemble } from '@dc/pipelines'
import { plugin } from './index.js'

await initBackend([cpu.create({}, {})])

const registry = assemble([plugin])
const rows = Int32Array.from({ length: 24 }, (_, row) => row)
const batch = { rows, values: waves(24 * 8), sampleShape: [8] }
const context = () => ({ inputShape: batch.sampleShape, random: createRandom(0) })
const make = () => registry.create('pipeline', plugin.name, { k: 3 }, context())

testPipeline({ describe, it }, plugin.name, make, batch)
testPipelineLearns({ describe, it }, plugin.name, ({ k, ...made }) =>
  registry.create('pipeline', plugin.name, { k }, made),
)
