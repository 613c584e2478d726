import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DcError } from './errors'
import { hasNodeModule, nodeModule } from './node-module'

describe('nodeModule', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('gives the module that an import gives', () => {
    expect(nodeModule<typeof import('node:fs')>('node:fs', 'Reading').readFileSync).toBe(readFileSync)
    expect(hasNodeModule('node:fs')).toBe(true)
  })

  it.each([
    ['no process', undefined],
    ['an old one', {}],
    ['a page with a shim', { getBuiltinModule: () => undefined }],
  ])('says what needs it where there is %s', (_, process) => {
    vi.stubGlobal('process', process)
    expect(hasNodeModule('node:fs')).toBe(false)
    expect(() => nodeModule('node:fs', 'Reading weights')).toThrow(DcError)
    expect(() => nodeModule('node:fs', 'Reading weights')).toThrow(/^Reading weights needs Node\.js .*'node:fs'/)
  })
})
