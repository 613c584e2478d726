import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder } from './dclust'

const folder = temporaryFolder()
afterAll(() => folder.remove())

it('dclust run says why steps are not compiled, once, and keeps it in env.json and the report', async () => {
  const data = folder.file('labelled.csv')
  writeFileSync(data, blobsCsv(90, true))
  const json = (name: string) => JSON.parse(readFileSync(folder.file(name), 'utf8'))
  const runOf = async (out: string, precision: string) => {
    const set = (path: string, value: unknown) => ['--set', `${path}=${JSON.stringify(value)}`]
    const { code, stderr } = await dclust([
      ...['run', 'dscl', '--preset', 'toy', '--data', `csv:${data}`, '--labels', '-1', '--out', folder.file(out)],
      ...['--epochs', '3', '--batch-size', '30', '--backend', 'onnx', '--threads', '1'],
      ...set('options.loss', { name: 'dscl', options: { precision } }),
    ])
    expect(code, stderr).toBe(0)
    return stderr
  }
  const told = 'seed 0: steps are not compiled and take longer, for dscl reads a tensor'
  expect((await runOf('double', 'float64')).split(told)).toHaveLength(2)
  expect(json('double/env.json').plainSteps).toEqual({ 'seed 0': 'reads a tensor' })
  expect(readFileSync(folder.file('double/report.html'), 'utf8')).toContain('plainSteps')

  expect(await runOf('single', 'float32')).not.toContain('not compiled')
  expect(json('single/env.json')).not.toHaveProperty('plainSteps')
})
