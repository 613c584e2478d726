import { z } from 'zod'

/** Numbers that JSON cannot write. */
const special = z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)
const logs = z.record(z.string(), z.union([z.number(), special]))
const count = z.int().min(0)

/** What a checkpoint keeps beside its tensors. */
export const factsSchema = z
  .strictObject({
    step: count,
    steps: count.min(1),
    epochs: count.min(1),
    epochSums: logs,
    history: z.array(logs),
    identity: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    note: z.unknown().optional(),
  })
  .refine(({ step, steps }) => step <= steps, { path: ['step'], error: 'expected at most steps' })
  .refine(({ steps, epochs }) => steps % epochs === 0, { path: ['steps'], error: 'expected a multiple of epochs' })
  .refine(({ step, steps, epochs, history }) => history.length === Math.floor((step * epochs) / steps), {
    path: ['history'],
    error: 'expected one entry for each epoch that the steps make whole',
  })

export type Facts = z.infer<typeof factsSchema>

/** The facts as JSON. Numbers that JSON cannot write become texts. */
export function factsText(facts: Facts): string {
  const { epochSums, history } = facts
  return JSON.stringify({ ...facts, epochSums: written(epochSums), history: history.map(written) })
}

const written = (logs: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(logs).map(([name, value]) => [name, Number.isFinite(value) ? value : `${value}`]))
