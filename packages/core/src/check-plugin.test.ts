import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkPlugin } from './check-plugin'
import { parseOptions } from './define-plugin'
import { OptionError } from './errors'

const good = { kind: 'schedule', name: 'mine', apiVersion: 1, options: z.strictObject({}), create: () => ({}) }

describe('checkPlugin', () => {
  it('gives back a plugin as it is', () => {
    const whole = { ...good, description: 'of mine', metadata: { paper: 'x' } }
    expect(checkPlugin(whole)).toBe(whole)
    const dataset = { ...good, kind: 'dataset', describe: () => ({}) }
    expect(checkPlugin(dataset)).toBe(dataset)
    const bare = Object.assign(Object.create(null), good)
    expect(checkPlugin(bare)).toBe(bare)
  })

  it.each([
    ['kind', 'los', "plugin 'mine', kind: got 'los'; allowed: backend, dataset, encoder, augmentation,"],
    ['kind', undefined, "plugin 'mine', kind: got undefined; allowed: backend,"],
    ['kind', 'toString', "plugin 'mine', kind: got 'toString'; allowed: backend,"],
    ['name', undefined, 'plugin, name: got undefined; allowed: lower-case words joined by hyphens'],
    ['name', 7, 'plugin, name: got 7; allowed: lower-case words'],
    ['name', 'My_Loss', "plugin 'My_Loss', name: got 'My_Loss'; allowed: lower-case words"],
    ['name', '', "plugin '', name: got ''; allowed: lower-case words"],
    ['apiVersion', undefined, "plugin 'mine', apiVersion: got undefined; allowed: 1"],
    ['apiVersion', '1', "plugin 'mine', apiVersion: got '1'; allowed: 1"],
    ['apiVersion', 2, "plugin 'mine', apiVersion: got 2; allowed: 1"],
    ['description', 3, "plugin 'mine', description: got 3; allowed: text"],
    ['metadata', 'a paper', "plugin 'mine', metadata: got 'a paper'; allowed: an object"],
    ['options', undefined, "plugin 'mine', options: got undefined; allowed: a zod schema"],
    ['options', { a: 1 }, `plugin 'mine', options: got {"a":1}; allowed: a zod schema`],
    ['options', null, "plugin 'mine', options: got null; allowed: a zod schema"],
    ['create', undefined, "plugin 'mine', create: got undefined; allowed: a function"],
    ['create', {}, "plugin 'mine', create: got {}; allowed: a function"],
    [
      'describe',
      () => ({}),
      "plugin 'mine', describe: got function (anonymous); allowed: a function, of data sets alone",
    ],
    ['traits', [], "plugin 'mine', traits: got []; allowed: an object"],
    ['traits', { supervised: true }, "plugin 'mine', traits.supervised: got true; allowed: supervised, classical"],
    ['descripton', 'x', "plugin 'mine', descripton: got 'x'; allowed: the members kind, name, apiVersion, description"],
  ])('refuses %s %o, by the name of the plugin', (member, value, message) => {
    const plugin = { ...good, [member]: value }
    let error: unknown
    try {
      checkPlugin(plugin)
    } catch (thrown) {
      error = thrown
    }
    expect(OptionError.isInstance(error)).toBe(true)
    expect((error as Error).message.startsWith(message), (error as Error).message).toBe(true)
  })

  it.each([null, undefined, 'loss', 3, [good], () => good])('refuses %o, which is no object', (value) => {
    expect(() => checkPlugin(value)).toThrow(/^plugin: got .*; allowed: an object made with definePlugin\.$/)
  })
})

describe('parseOptions', () => {
  it('says whose schema fails', () => {
    const failing = z.string().refine(() => {
      throw new TypeError('no such luck')
    })
    const waiting = z.string().refine(async () => true)
    expect(() => parseOptions(failing, 'x', 'loss.mine')).toThrow(
      'loss.mine: its schema of options fails: TypeError: no such luck',
    )
    expect(() => parseOptions(waiting, 'x', 'loss.mine')).toThrow(/^loss\.mine: its schema of options fails: .*sync/)
  })
})
