import { definePlugin, type Schedule } from '@dc/core/plugin'
import { z } from 'zod'

/** A rate that falls by a factor every so many epochs: `from · factor^⌊epoch / every⌋`. */
export const plugin = definePlugin({
  kind: 'schedule',
  name: 'my-schedule',
  apiVersion: 1,
  description: 'Falls by a factor every so many epochs',
  options: z.strictObject({
    from: z.number().positive().default(0.001).describe('value at the start'),
    factor: z.number().positive().max(1).default(0.1),
    every: z.int().positive().default(30).describe('epochs'),
  }),
  create: ({ from, factor, every }): Schedule => ({
    value: ({ epoch }) => from * factor ** Math.floor(epoch / every),
  }),
})

/** What `dclust --plugin` looks for. */
export const plugins = [plugin]
