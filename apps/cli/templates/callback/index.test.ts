import { describe, it } from 'node:test'
import { cpu, initBackend } from '@dc/core'
import { testCallback } from '@dc/core/testing'
import { plugin } from './index.js'

await initBackend([cpu.create({}, {})])

testCallback({ describe, it }, plugin.name, () => plugin.create({ bound: 0.45 }, {}))
