import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { encoderBeside, placedEncoder } from './encoder-place'

const root = mkdtempSync(join(tmpdir(), 'dc-place-'))
afterAll(() => rmSync(root, { recursive: true }))
const at = (name: string) => join(root, name)
mkdirSync(at('models/sentences'), { recursive: true })
mkdirSync(at('runs/mine'), { recursive: true })
for (const name of ['seen.onnx', 'runs/mine/moved.onnx']) writeFileSync(at(name), '')
const named = (model: unknown) => ({ name: 'onnx', options: { model, mean: [1] } })

describe('the place of an encoder', () => {
  it('holds in every folder, of a file and of a folder', () => {
    for (const name of ['seen.onnx', 'models/sentences'])
      expect(placedEncoder(named(relative(process.cwd(), at(name))))).toEqual(named(at(name)))
    // A name of the hub, one that is absent, and encoders without any.
    for (const model of ['xenova/dinov2-small', 'absent.onnx', '', 7, 'a\0b', undefined])
      expect(placedEncoder(named(model))).toEqual(named(model))
    expect(placedEncoder({ name: 'bare', options: {} })).toEqual({ name: 'bare', options: {} })
  })

  it('is looked for where it was, and then beside the file of the model', () => {
    const file = at('runs/mine/model.dclust')
    const found = (model: string) => encoderBeside(named(model), file).options.model
    expect(found(at('seen.onnx'))).toBe(at('seen.onnx'))
    for (const model of ['moved.onnx', 'models/moved.onnx', '/home/ann/moved.onnx', 'C:\\models\\moved.onnx'])
      expect(found(model)).toBe(at('runs/mine/moved.onnx'))
    expect(found('../../seen.onnx')).toBe(at('seen.onnx'))
    expect(found('/home/ann/absent.onnx')).toBe('/home/ann/absent.onnx')
  })
})
