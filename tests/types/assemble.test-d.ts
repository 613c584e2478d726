import { type AnyPlugin, definePlugin, type Pipeline } from '@dc/core'
import type { SwappedInputs } from '@dc/losses'
import { assemble, assembler } from '@dc/pipelines'
import { describe, expectTypeOf, it } from 'vitest'
import { z } from 'zod'

const own = definePlugin({
  kind: 'schedule',
  name: 'own',
  apiVersion: 1,
  options: z.strictObject({ rate: z.number() }),
  create: ({ rate }) => ({ value: () => rate, rate }),
})

describe('assemble', () => {
  it('gives every part by name, with its own product', () => {
    const registry = assemble()
    expectTypeOf(registry.create('loss', 'swapped-cross-entropy').elements).parameter(0).toEqualTypeOf<SwappedInputs>()
    expectTypeOf(registry.create('pipeline', 'bootsc', { k: 3 })).toEqualTypeOf<Pipeline>()
    registry.create('assigner', 'sinkhorn-knopp', { epsilon: 0.1 })
    // @ts-expect-error: misspelt
    registry.create('loss', 'swaped-cross-entropy')
    // @ts-expect-error: text for a number
    registry.create('assigner', 'sinkhorn-knopp', { epsilon: '1' })
    // @ts-expect-error: k has no default
    registry.create('pipeline', 'bootsc')
    // @ts-expect-error: an option of another pipeline
    registry.create('pipeline', 'bootsc', { k: 3, neighbours: 'gaussian' })
  })

  it('stays typed with more plugins, known ones and others', () => {
    const registry = assemble([own, [] as AnyPlugin[]])
    expectTypeOf(registry.create('schedule', 'own', { rate: 1 })).toHaveProperty('rate')
    expectTypeOf(registry.create('pipeline', 'bootsc', { k: 3 })).toEqualTypeOf<Pipeline>()
    // @ts-expect-error: text for a number
    registry.create('schedule', 'own', { rate: '1' })
    // @ts-expect-error: misspelt
    registry.create('schedule', 'onw', { rate: 1 })
    const anything = assemble([] as AnyPlugin[])
    // @ts-expect-error: misspelt
    anything.create('backbone', 'mpl')
  })
})

describe('assembler', () => {
  it('makes losses of the inputs that a pipeline gives', () => {
    const { createLoss } = assembler({})
    const loss = createLoss<{ scores: number[] }>('any')
    loss.elements({ scores: [1] })
    // @ts-expect-error: no such input
    loss.elements({ score: [1] })
  })
})
