import { expect, it } from 'vitest'
import { defined } from './defined'
import { createRegistry } from './registry'

it('leaves out what is undefined, and nothing else', () => {
  const options = { a: undefined, b: null, c: 0, d: '', e: false }
  expect(Object.keys(defined(options))).toEqual(['b', 'c', 'd', 'e'])
  const rounds: { rounds?: number } = { rounds: undefined }
  expect({ rounds: 3, ...defined(rounds) }).toEqual({ rounds: 3 })
})

it('keeps what a registry gives to plugins beside an undefined of the caller', () => {
  const seen: unknown[] = []
  const plugin = {
    ...{ kind: 'loss', name: 'x', apiVersion: 1, description: 'x' },
    options: { parse: (options: unknown) => options, safeParse: (data: unknown) => ({ success: true, data }) },
    create(_: unknown, context: { create?: unknown }) {
      seen.push(context.create)
      return { elements: () => ({}) }
    },
  }
  const registry = createRegistry([[plugin as never]])
  registry.create('loss' as never, 'x' as never, {} as never, { create: undefined } as never)
  expect(seen).toEqual([registry.create])
})
