import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { definePlugin } from './define-plugin'
import { OptionError, UnknownPluginError } from './errors'
import type { Schedule } from './kinds'
import type { Plugin } from './plugin-form'
import { createRegistry, pluginReference } from './registry'

const halving = definePlugin({
  kind: 'schedule',
  name: 'halving',
  apiVersion: 1,
  options: z.strictObject({ base: z.number().positive().default(1), floor: z.number().optional() }),
  create: ({ base }) => ({ value: ({ epoch }: { epoch: number }) => base * 0.5 ** epoch, base }),
})
const constant = definePlugin({
  kind: 'schedule',
  name: 'constant',
  apiVersion: 1,
  options: z.strictObject({ rate: z.number() }),
  create: ({ rate }): Schedule => ({ value: () => rate }),
})
const registry = createRegistry([[halving], constant])
const progress = { step: 0, steps: 10, epoch: 2, epochs: 3 }

describe('createRegistry', () => {
  it('makes products by name with options and defaults', () => {
    expect(registry.create('schedule', 'halving', { base: 8 }).value(progress)).toBe(2)
    expect(registry.create('schedule', 'halving').base).toBe(1)
  })

  it('types names, options and products from the record', () => {
    expectTypeOf(registry.create('schedule', 'halving', {}).base).toBeNumber()
    expectTypeOf(registry.create('schedule', 'constant', { rate: 1 })).toEqualTypeOf<Schedule>()
    const name: string = 'constant'
    expectTypeOf(registry.make('schedule', name, { rate: 1 })).toEqualTypeOf<Schedule>()
  })

  it('lists what is registered when a name is not', () => {
    const error = catchError(() => registry.make('schedule', 'cosine', {}))
    expect(error).toBeInstanceOf(UnknownPluginError)
    expect(error.message).toBe("No schedule named 'cosine' is registered. Registered: halving, constant.")
    expect(catchError(() => registry.make('loss', 'x', {})).message).toContain('Registered: none')
  })

  it("names the option's path, the value given and what is allowed", () => {
    const wrong = catchError(() => registry.create('schedule', 'halving', { base: -1 }))
    expect(wrong).toBeInstanceOf(OptionError)
    expect(wrong.message).toContain('schedule.halving.base: got -1; allowed: ')
    const unknown = catchError(() => registry.create('schedule', 'halving', { bse: 1 } as object))
    expect(unknown.message).toBe('schedule.halving.bse: got 1; allowed: options base, floor.')
    const missing = catchError(() => registry.create('schedule', 'constant', {} as { rate: number }))
    expect(missing.message).toContain('schedule.constant.rate: got undefined')
  })

  it('refuses what is no plugin', () => {
    expect(() => createRegistry([undefined as never])).toThrow('plugin: got undefined; allowed: an object')
    expect(() => createRegistry([[halving, { ...constant, kind: 'los' } as never]])).toThrow(
      "plugin 'constant', kind: got",
    )
  })

  it('refuses two plugins of one kind and name', () => {
    expect(() => createRegistry([halving, [halving]])).toThrow("Two plugins are called 'halving' (kind schedule).")
  })

  it('lists by kind and by pattern', () => {
    expect(registry.list({ kind: 'schedule', name: 'h*ing' })).toEqual([halving])
    expect(registry.list({ kind: 'loss' })).toEqual([])
    expect(registry.list().length).toBe(2)
    expect(registry.list({ name: 'halvin.' })).toEqual([])
  })

  it('lets a plugin make another one of the same registry', () => {
    const twice = definePlugin({
      kind: 'schedule',
      name: 'twice',
      apiVersion: 1,
      options: z.object({ of: z.string() }),
      create({ of }, { create }) {
        const inner = create?.('schedule', of, { rate: 3 }) as Schedule
        return { value: (p) => 2 * inner.value(p) }
      },
    })
    expect(createRegistry([constant, twice]).create('schedule', 'twice', { of: 'constant' }).value(progress)).toBe(6)
  })
})

describe('definePlugin', () => {
  it('refuses names and versions it does not know', () => {
    expect(() => definePlugin({ ...constant, name: 'Not Good' })).toThrow(
      "plugin 'Not Good', name: got 'Not Good'; allowed: lower-case words",
    )
    expect(() => definePlugin({ ...constant, apiVersion: 2 as 1 })).toThrow('apiVersion: got 2; allowed: 1')
  })

  it('refuses traits that nobody would see', () => {
    const pipeline = { ...constant, kind: 'pipeline' } as unknown as Plugin<'pipeline'>
    const traits = { supervised: true, classical: undefined }
    expect(definePlugin({ ...pipeline, traits }).traits).toEqual(traits)
    const refused = (plugin: object, what: string) =>
      expect(() => definePlugin(plugin as typeof pipeline)).toThrow(what)
    refused({ ...pipeline, traits: { supervized: true } }, "plugin 'constant', traits.supervized: got true; allowed:")
    refused(
      { ...pipeline, traits: { classical: 'yes' } },
      "traits.classical: got 'yes'; allowed: supervised, classical",
    )
    refused({ ...constant, traits: { supervised: true } }, 'true or false, of pipelines')
    refused(
      { ...pipeline, traits: { findsClusters: true } },
      'traits.findsClusters: got true; allowed: true with classical: true alone',
    )
  })
})

describe('pluginReference', () => {
  it('accepts a name or a name with options', () => {
    expect(pluginReference('mlp')).toEqual({ name: 'mlp', options: {} })
    expect(pluginReference({ name: 'mlp', options: { a: 1 } })).toEqual({ name: 'mlp', options: { a: 1 } })
    expect(() => pluginReference(3 as unknown as string, 'backbone')).toThrow('backbone: got 3')
  })
})

function catchError(run: () => unknown): Error {
  try {
    run()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}
