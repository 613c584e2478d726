// A plugin of one's own beside those of the packages: typed by name, validated, no registration by import.
import { createRegistry, definePlugin } from '@dc/core/plugin'
import { plugins as schedules } from '@dc/trainer'
import { z } from 'zod'

const steps = definePlugin({
  kind: 'schedule',
  name: 'steps',
  apiVersion: 1,
  description: 'Falls to a tenth every so many epochs',
  options: z.strictObject({ from: z.number().positive(), every: z.int().positive().default(30) }),
  create: ({ from, every }) => ({ value: ({ epoch }) => from * 0.1 ** Math.floor(epoch / every) }),
})

const registry = createRegistry([schedules, steps])
const names = registry.list({ kind: 'schedule' }).map(({ name }) => name)
console.log(`schedules: ${names.join(', ')}`)

const schedule = registry.create('schedule', 'steps', { from: 0.1, every: 10 })
const at = (epoch: number) => schedule.value({ epoch, epochs: 30, step: epoch, steps: 30 })
console.log(`epochs 0, 10, 20: ${[0, 10, 20].map((epoch) => at(epoch).toFixed(4)).join(' ')}`)

try {
  registry.create('schedule', 'steps', { from: -1 })
} catch (error) {
  console.log(`error: ${(error as Error).message}`)
}
