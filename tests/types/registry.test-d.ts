import {
  type AnyPlugin,
  type Assigner,
  createRegistry,
  definePlugin,
  type Loss,
  type PipelineTraits,
  type Registry,
  type Schedule,
  type tf,
} from '@dc/core'
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
const squared = definePlugin({
  kind: 'loss',
  name: 'squared',
  apiVersion: 1,
  options: z.strictObject({ weight: z.number().default(1) }),
  create: ({ weight }): Loss<{ x: tf.Tensor }> => ({ elements: ({ x }) => ({ squared: x.square().mul(weight) }) }),
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
  const registry = createRegistry([[halving, constant], zero, squared])

  it('types products from the record, beyond the kind', () => {
    expectTypeOf(registry.create('schedule', 'halving', { base: 1 })).toExtend<Schedule & { every: number }>()
    expectTypeOf(registry.create('loss', 'zero')).toExtend<Loss>()
  })

  it('takes options before defaults', () => {
    registry.create('schedule', 'halving', { base: 1, every: 2 })
    expectTypeOf(registry.create<'schedule', 'halving'>)
      .parameter(2)
      .toEqualTypeOf<{ base: number; every?: number | undefined }>()
  })

  it('takes no wrong name, kind or options', () => {
    // @ts-expect-error: misspelt
    registry.create('schedule', 'havling', { base: 1 })
    // @ts-expect-error: a schedule is no loss
    registry.create('loss', 'halving', { base: 1 })
    // @ts-expect-error: a kind of which there is none
    registry.create('assigner', 'soft')
    // @ts-expect-error: no such kind
    registry.create('teapot', 'halving', { base: 1 })
    // @ts-expect-error: text for a number
    registry.create('schedule', 'halving', { base: '1' })
    // @ts-expect-error: an option that does not exist
    registry.create('schedule', 'halving', { base: 1, evry: 2 })
    // @ts-expect-error: an option without a default is left out
    registry.create('schedule', 'halving', {})
    // @ts-expect-error: all options are
    registry.create('schedule', 'halving')
    const name: string = 'halving'
    // @ts-expect-error: a name known only at run time
    registry.create('schedule', name, { base: 1 })
    // @ts-expect-error: a context in the place of options
    registry.create('schedule', 'constant', { inputShape: [3] })
    registry.create('schedule', 'constant', {}, { inputShape: [3] })
  })

  it('makes what is known only at run time by another method, with the interface of the kind', () => {
    const name: string = 'halving'
    expectTypeOf(registry.make('schedule', name)).toEqualTypeOf<Schedule>()
    expectTypeOf(registry.make('assigner', name, { anything: 1 })).toEqualTypeOf<Assigner>()
    // @ts-expect-error: no such kind
    registry.make('teapot', name)
  })

  it('stays typed beside plugins that are not', () => {
    const more = createRegistry([[halving], [] as AnyPlugin[], ...([] as AnyPlugin[][])])
    expectTypeOf(more.create('schedule', 'halving', { base: 1 })).toHaveProperty('every')
    // @ts-expect-error: of a plugin from elsewhere the name is not known
    more.create('schedule', 'theirs')
    // @ts-expect-error: text for a number
    more.create('schedule', 'halving', { base: '1' })
  })

  it('is a registry to whoever asks for any', () => {
    const names = (any: Registry) => any.list().map(({ name }) => name)
    names(registry)
    const any: Registry = registry
    // @ts-expect-error: it has forgotten what it is made of
    any.create('schedule', 'halving', { base: 1 })
    expectTypeOf(any.get('schedule', 'halving').kind).toEqualTypeOf<'schedule'>()
  })

  it('gives losses that say their inputs', () => {
    const loss = registry.create('loss', 'squared')
    expectTypeOf(loss.elements).parameter(0).toEqualTypeOf<{ x: tf.Tensor }>()
    // @ts-expect-error: it takes x
    loss.elements({ y: {} as tf.Tensor })
    const unknown = registry.make('loss', 'squared')
    // @ts-expect-error: nobody knows what it takes
    unknown.elements({ x: {} as tf.Tensor })
    const told = unknown as Loss<{ x: tf.Tensor }>
    expectTypeOf(told.elements).parameter(0).toEqualTypeOf<{ x: tf.Tensor }>()
  })
})
