import { describe, it } from 'node:test'
import { testMetric } from '@dc/core/testing'
import { plugin } from './index.js'

testMetric({ describe, it }, plugin.name, () => plugin.create({}, {}))
