import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { accountable } from './accountable'
import { type DcError, InterruptedError, NotCompilableError, OptionError, PluginError } from './errors'
import type { Batch, Pipeline, Schedule } from './kinds'
import type { AnyPlugin } from './plugin-form'
import { createRegistry } from './registry'

const progress = { step: 0, steps: 1, epoch: 0, epochs: 1 }
const tensor = { shape: [], dtype: 'float32' }

/** A plugin of this kind that makes this, as it is after it was loaded. */
function loaded(kind: string, create: () => unknown, more: object = {}): AnyPlugin {
  const plugin = { kind, name: 'mine', apiVersion: 1, options: z.strictObject({}), create, ...more }
  return accountable(plugin as unknown as AnyPlugin, './mine.mjs')
}
const make = (plugin: AnyPlugin) => createRegistry([plugin]).make(plugin.kind, 'mine') as never
const schedule = (value: () => unknown) => make(loaded('schedule', () => ({ value }))) as Schedule
const whatIsThrown = (run: () => unknown): Error => {
  try {
    run()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}
const fail = (error: unknown) => () => {
  throw error
}

describe('a fault of a plugin', () => {
  it('is told as its own: in create, in a method, of a promise, of a getter', async () => {
    const broken = new TypeError('x is not a function')
    for (const run of [
      () => make(loaded('schedule', fail(broken))),
      () => schedule(fail(broken)).value(progress),
      () => make(loaded('schedule', () => Object.defineProperty({}, 'value', { get: fail(broken) }))),
    ]) {
      const error = whatIsThrown(run)
      expect(PluginError.isInstance(error)).toBe(true)
      expect(error.message).toMatch(
        /^plugin 'mine' \(\.\/mine\.mjs\): TypeError: x is not a function, at accountable\.test\.ts:\d+:\d+\.$/,
      )
      expect(error.cause).toBe(broken)
    }
    const dataset = loaded('dataset', async () => fail(broken)())
    await expect(make(dataset)).rejects.toThrow("plugin 'mine' (./mine.mjs): TypeError: x is not a function")
    const described = loaded('dataset', () => ({}), { describe: fail(broken) })
    expect(() => (described as { describe: (options: object) => void }).describe({})).toThrow(
      "plugin 'mine' (./mine.mjs)",
    )
  })

  it('that is no error is told too', () => {
    expect(() => schedule(fail('no luck')).value(progress)).toThrow("plugin 'mine' (./mine.mjs): it threw 'no luck'.")
    expect(() => schedule(fail(undefined)).value(progress)).toThrow("plugin 'mine' (./mine.mjs): it threw undefined.")
    expect(() => schedule(fail(null)).value(progress)).toThrow('it threw null')
    const hostile = new Error('a\x1b[31mb\n'.repeat(1000))
    expect(whatIsThrown(() => schedule(fail(hostile)).value(progress)).message).toMatch(
      /^plugin 'mine' [ -~…]{200,1300}$/,
    )
  })

  it('keeps the class of an error of ours, and is told once', () => {
    const inner = loaded('schedule', () => ({ value: fail(new OptionError('rate', -1, 'a positive number')) }))
    const outer = accountable(
      {
        ...{ kind: 'schedule', name: 'outer', apiVersion: 1, options: z.strictObject({}) },
        create: (_, { create }) => ({ value: (at) => create!('schedule', 'mine').value(at) }),
      } as AnyPlugin,
      './outer.mjs',
    )
    const registry = createRegistry([inner, outer])
    const error = whatIsThrown(() => registry.make('schedule', 'outer').value(progress))
    expect(OptionError.isInstance(error)).toBe(true)
    expect(error.message).toBe("plugin 'mine' (./mine.mjs): rate: got -1; allowed: a positive number.")
    expect((error as DcError).facts).toEqual({ path: 'rate', given: -1, allowed: 'a positive number' })
  })

  it('is neither an interruption nor a step that cannot be compiled', () => {
    for (const error of [new InterruptedError('Interrupted.'), new NotCompilableError('reads a tensor')]) {
      expect(whatIsThrown(() => schedule(fail(error)).value(progress))).toBe(error)
      expect(error.message).not.toContain('mine')
    }
  })

  it('is a product that is not what its kind must give', () => {
    const refused = (kind: string, product: unknown, message: string, more = {}) =>
      expect(() => make(loaded(kind, () => product, more))).toThrow(`plugin 'mine' (./mine.mjs): ${message}`)
    refused('loss', undefined, 'what create gives: got undefined; allowed: a loss.')
    refused('loss', 3, 'what create gives: got 3; allowed: a loss.')
    refused('loss', { element: () => ({}) }, 'elements of the loss: got undefined; allowed: a function.')
    refused(
      'metric',
      { needs: 'labels', higherIsBetter: true },
      "needs of the metric: got 'labels'; allowed: 'truth' or",
    )
    refused('pipeline', {}, 'model of the pipeline: got undefined; allowed: an object of variables (an object).')
    refused('pipeline', { model: { variables: {} } }, 'views of the pipeline: got undefined; allowed: a function.')
    refused('pipeline', {}, 'fit of the pipeline: got undefined; allowed: a function.', { traits: { classical: true } })
    refused('backbone', { inputShape: 3 }, 'inputShape of the backbone: got 3; allowed: a list of whole numbers.')
  })

  it('is a result that is not what a method must give', async () => {
    expect(() => schedule(() => '3').value(progress)).toThrow(
      "plugin 'mine' (./mine.mjs): what value gives: got '3'; allowed: a number.",
    )
    const loss = (elements: unknown) =>
      make(loaded('loss', () => ({ elements: () => elements }))) as { elements(): unknown }
    expect(loss({ a: tensor }).elements()).toEqual({ a: tensor })
    for (const wrong of [undefined, 3, {}, { a: 3 }, [tensor], tensor])
      expect(() => loss(wrong).elements(), String(wrong)).toThrow('allowed: an object of at least one tensor by name')
    const read = async () => [1, 2]
    const dataset = make(loaded('dataset', async () => ({ name: 'x', size: 1, sampleShape: [2], read })))
    await expect((await (dataset as Promise<{ read(): unknown }>)).read()).rejects.toThrow(
      'what read gives: got [1,2]; allowed: a Float32Array.',
    )
  })
})

describe('an accountable plugin', () => {
  it('makes what the plugin makes: of classes with private members, frozen, with parts', () => {
    class Count implements Schedule {
      #calls = 0
      get calls() {
        return this.#calls
      }
      value() {
        return ++this.#calls
      }
    }
    const count = make(loaded('schedule', () => new Count())) as Count
    expect([count.value(), count.value(), count.calls]).toEqual([1, 2, 2])
    expect(count).toBeInstanceOf(Count)
    const frozen = make(loaded('schedule', () => Object.freeze({ value: () => 5 }))) as Schedule
    expect({ ...frozen }.value(progress)).toBe(5)

    const variables = { weight: tensor }
    const model = { variables, constrain: fail(new RangeError('too long')) }
    const part = () => ({ embedding: { ...tensor, shape: [2, 3] }, labels: { ...tensor, shape: [2] } })
    const views = () => [tensor]
    const step = () => ({ loss: tensor, logs: {} })
    const pipeline = make(loaded('pipeline', () => ({ model, views, step, infer: part, compilable: true }))) as Pipeline
    expect(pipeline.model.variables).toBe(variables)
    expect(pipeline.compilable).toBe(true)
    expect(pipeline.prepare).toBeUndefined()
    expect('prepare' in pipeline).toBe(false)
    expect(pipeline.views({} as Batch, {} as never)).toEqual([tensor])
    expect(() => pipeline.model.constrain?.()).toThrow("plugin 'mine' (./mine.mjs): RangeError: too long")
  })

  it('looks like the plugin', () => {
    const traits = { supervised: true }
    const plugin = loaded('pipeline', () => ({}), { traits, description: 'mine' })
    expect(plugin).toMatchObject({ kind: 'pipeline', name: 'mine', apiVersion: 1, traits, description: 'mine' })
    expect(Object.keys(plugin)).not.toContain('describe')
  })
})
