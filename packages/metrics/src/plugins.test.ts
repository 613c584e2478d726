import { parseOptions } from '@dc/core'
import { testMetric } from '@dc/core/testing'
import { describe, it } from 'vitest'
import { plugins } from './plugins'

for (const plugin of plugins)
  testMetric({ describe, it }, plugin.name, () =>
    plugin.create(parseOptions(plugin.options, {}, plugin.name) as never, {}),
  )
