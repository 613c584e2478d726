import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import * as own from './errors'

vi.resetModules()
const copy = await import('./errors')

describe('isInstance', () => {
  const errors = (of: typeof own) => ({
    ShapeError: new of.ShapeError('x', [1], '[2]'),
    OptionError: new of.OptionError('k', 0, '1 or more'),
    UnknownPluginError: new of.UnknownPluginError('loss', 'x', []),
    DataError: new of.DataError('x'),
    MissingPeerError: new of.MissingPeerError('x', 'y'),
    BackendError: new of.BackendError('x'),
  })
  type Name = keyof ReturnType<typeof errors>
  const classes: Record<Name, { isInstance(error: unknown): boolean }> = { ...own }

  it('tells the classes apart, of this copy of the package and of another one', () => {
    expect(copy.DcError).not.toBe(own.DcError)
    for (const made of [errors(own), errors(copy)])
      for (const [name, error] of Object.entries(made)) {
        expect(own.DcError.isInstance(error), name).toBe(true)
        for (const asked of Object.keys(made) as Name[])
          expect(classes[asked].isInstance(error), `${name} as ${asked}`).toBe(asked === name)
      }
  })

  it('does not depend on the name a bundler gives a class', () => {
    const DataError = class DataError2 extends own.DataError {}
    expect(own.DataError.isInstance(new DataError('x'))).toBe(true)
  })

  it('recognises a class without a marker of its own, and no other error as one of it', () => {
    class Private extends own.DataError {}
    expect(Private.isInstance(new Private('x'))).toBe(true)
    expect(own.DataError.isInstance(new Private('x'))).toBe(true)
    expect(Private.isInstance(new own.DataError('x'))).toBe(false)
    expect(Private.isInstance(new own.DcError('x'))).toBe(false)
  })

  it('is false for anything else', () => {
    for (const value of [new Error('x'), new RangeError('x'), null, undefined, 'x', 1, {}])
      for (const type of [own.DcError, own.DataError]) expect(type.isInstance(value)).toBe(false)
  })

  it('narrows', () => {
    const error: unknown = new own.MissingPeerError('x', 'y')
    if (own.MissingPeerError.isInstance(error)) expectTypeOf(error).toEqualTypeOf<own.MissingPeerError>()
    if (own.DcError.isInstance(error)) expectTypeOf(error.facts).toEqualTypeOf<Readonly<Record<string, unknown>>>()
  })
})
