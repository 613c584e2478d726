import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultFolder } from './default-folder'

const now = new Date('2026-01-31T15:45:00Z')
const folder = (path?: string, name = 'csv', pipeline = 'bootsc') =>
  defaultFolder({ pipeline, data: { name, options: path === undefined ? {} : { path } } }, now)

const [home, place] = [process.cwd(), mkdtempSync(join(tmpdir(), 'dclust-default-'))]
beforeEach(() => process.chdir(place))
afterEach(() => {
  process.chdir(home)
  rmSync(join(place, 'runs'), { recursive: true, force: true })
})

describe('the default folder', () => {
  it('is named for the data and the time', () => {
    expect(folder(undefined, 'optdigits')).toBe('runs/bootsc-optdigits-20260131-154500')
    expect(folder('iris.csv')).toBe('runs/bootsc-iris-20260131-154500')
    expect(folder('data/iris.v2.csv.gz')).toBe('runs/bootsc-iris.v2-20260131-154500')
    expect(folder('photos/')).toBe('runs/bootsc-photos-20260131-154500')
    expect(folder('/data/Früchte 食べ物.npy')).toBe('runs/bootsc-Früchte-食べ物-20260131-154500')
  })

  it.each([
    '../../x.npy',
    '..',
    '../..',
    '/',
    './.',
    'C:\\photos\\..\\..',
    'a\u0000b',
    '\u001b[31mred.csv',
    '-rf.csv',
    '.hidden',
    'x'.repeat(10_000),
    '𝒳'.repeat(500),
    'a/../../b.csv',
    '',
    '<script>',
    '$(reboot)',
    "it's; rm -rf ~",
  ])('lies directly below runs/ for %s', (path) => {
    for (const found of [folder(path), folder(undefined, path), folder('x.csv', 'csv', path)]) {
      expect(dirname(found)).toBe('runs')
      expect(found).toMatch(/^runs\/[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u)
      expect(Buffer.byteLength(found)).toBeLessThan(255)
    }
  })

  it('is another one if it is taken', () => {
    mkdirSync('runs/bootsc-iris-20260131-154500', { recursive: true })
    expect(folder('iris.csv')).toBe('runs/bootsc-iris-20260131-154500-2')
    mkdirSync('runs/bootsc-iris-20260131-154500-2')
    expect(folder('iris.csv')).toBe('runs/bootsc-iris-20260131-154500-3')
  })
})
