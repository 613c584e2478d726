import { type Assigner, createRegistry, definePlugin, type Loss, type PipelineTraits, type Schedule } from '@dc/core'
import { describe, expectTypeOf, it } from 'vitest'
import { z } from 'zod'

const halving = definePlugin({
  kind: 'schedule',
  name: 'halving',
  apiVersion: 1,
  options: z.strictObject({ base: z.number(), every: z.number().default(1) }),
  create: ({ base, every }) => ({ value: ({ epoch }) => base * 0.5 ** Math.floor(epoch / every), every }),
})
const constant = definePlugin({
  kind: 'schedule',
  name: 'constant',
  apiVersion: 1,
  options: z.strictObject({}),
  create: () => ({ value: () => 1 }),
})
const zero = definePlugin({
  kind: 'loss',
  name: 'zero',
  apiVersion: 1,
  options: z.strictObject({}),
  create: () => ({ elements: () => ({}) }),
})

describe('definePlugin', () => {
  it('infers the product and the options after defaults', () => {
    expectTypeOf(halving.kind).toEqualTypeOf<'schedule'>()
    expectTypeOf(halving.name).toEqualTypeOf<'halving'>()
    expectTypeOf(halving.create).parameter(0).toEqualTypeOf<{ base: number; every: number }>()
    expectTypeOf(halving.create).returns.toHaveProperty('every')
  })

  it('takes traits of pipelines alone', () => {
    definePlugin({
      kind: 'schedule',
      name: 'wrong',
      apiVersion: 1,
      // @ts-expect-error: a schedule has none
      traits: { supervised: true },
      options: z.object({}),
      create: () => ({ value: () => 1 }),
    })
    expectTypeOf(createRegistry([halving]).get('pipeline', 'any').traits).toEqualTypeOf<PipelineTraits | undefined>()
  })

  it('refuses a product of another kind', () => {
    definePlugin({
      kind: 'assigner',
      name: 'wrong',
      apiVersion: 1,
      options: z.object({}),
      // @ts-expect-error: a schedule is no assigner
      create: () => ({ value: () => 1 }),
    })
  })
})

describe('createRegistry', () => {
  const registry = createRegistry([[halving, constant], zero])

  it('types products from the record, beyond the kind', () => {
    expectTypeOf(registry.create('schedule', 'halving', { base: 1 })).toExtend<Schedule & { every: number }>()
    expectTypeOf(registry.create('loss', 'zero')).toExtend<Loss>()
  })

  it('takes options before defaults', () => {
    registry.create('schedule', 'halving', { base: 1, every: 2 })
    expectTypeOf(registry.create<'schedule', 'halving'>)
      .parameter(2)
      .toEqualTypeOf<{ base: number; every?: number | undefined } | undefined>()
  })

  it('accepts a name known only at run time, with the interface of the kind', () => {
    const name: string = 'halving'
    expectTypeOf(registry.create('schedule', name)).toEqualTypeOf<Schedule>()
    expectTypeOf(registry.create('assigner', name)).toEqualTypeOf<Assigner>()
  })

  it('refuses a kind that does not exist', () => {
    // @ts-expect-error: no such kind
    registry.create('teapot', 'halving')
  })
})
