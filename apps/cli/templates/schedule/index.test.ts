import { describe, it } from 'node:test'
import { testSchedule } from '@dc/core/testing'
import { plugin } from './index.js'

testSchedule({ describe, it }, plugin.name, () => plugin.create(plugin.options.parse({ every: 2 }), {}))
