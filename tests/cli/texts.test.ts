// Texts through a sentence model in a folder: clustered, kept, and new texts labelled by the same one.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writePictureModel, writeTextModel } from '../../packages/backbones/src/testing/hub-models'
import { dclust, temporaryFolder } from './dclust'

const folder = temporaryFolder()
afterAll(() => {
  folder.remove()
  vi.unstubAllEnvs()
})
const model = folder.file('sentences')
const reviews = folder.file('reviews.csv')
const words = { praise: ['good', 'great'], drinks: ['tea', 'coffee'], feet: ['shoes', 'boots'] }

beforeAll(() => {
  vi.stubEnv('XDG_CACHE_HOME', folder.file('cache'))
  writeTextModel(model)
  const rows = Object.entries(words).flatMap(([kind, [one, other]]) =>
    [one, other, `${one} ${other}`, `"${other}, ${one}"`].map((text, at) => `${kind}-${at},${text},${kind}`),
  )
  writeFileSync(reviews, ['name,comment,kind', ...rows, 'nothing,,praise'].join('\n'))
})

const json = (path: string) => JSON.parse(readFileSync(folder.file(path), 'utf8'))
const cluster = (...args: string[]) => dclust(['cluster', reviews, '--text', 'comment', '--backend', 'cpu', ...args])

describe('dclust cluster TABLE --text COLUMN', () => {
  it('clusters what the texts say; the run knows by which model', async () => {
    const out = ['--out', folder.file('run')]
    const { code, stderr } = await cluster('--labels', 'kind', '--id', 'name', '--encoder', model, ...out)
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/^encoder: transformers, as asked$/m)
    expect(stderr).toMatch(/^encoding: 12 of 12$/m)
    expect(stderr).toContain("left out 1 row without a text in column 'comment'")
    expect(json('run/metrics.json').seeds[0].acc).toBe(1)
    expect(json('run/encoder.json')).toMatchObject({
      input: { of: 'texts' },
      features: 6,
      revision: 'local',
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(readFileSync(folder.file('run/labels.csv'), 'utf8')).toContain('praise-0')
    const fresh = folder.file('fresh.csv')
    writeFileSync(fresh, 'comment\nboots\n"great, good"\nshoes\n')
    const { stdout, ...predicted } = await dclust(['predict', folder.file('run'), fresh, '--json'])
    expect(predicted.code, predicted.stderr).toBe(0)
    const [first, second, third] = JSON.parse(stdout).labels
    expect([first === third, first === second]).toEqual([true, false])
  })

  it('tells what is wanting: a model, a column, a model of texts', async () => {
    const refused = async (...args: string[]) => {
      const { code, stderr } = await cluster('--k', '3', '--out', folder.file('refused'), ...args)
      expect([code, /unexpected/.test(stderr)]).toEqual([1, false])
      return stderr
    }
    expect(await refused('--encoder', 'pixels')).toMatch(/--encoder: got 'pixels'; allowed: one that describes texts/)
    expect(await refused('--encoder', 'efficientnet-lite0')).toMatch(/'efficientnet-lite0'.*describes texts/)
    expect(await refused('--encoder', model, '--text', 'coment')).toMatch(/text: got 'coment'/)
    const pictures = writePictureModel(folder.file('pictures'))
    expect(await refused('--encoder', pictures)).toMatch(/describes texts/)
    cpSync(model, folder.file('cut'), { recursive: true })
    writeFileSync(folder.file('cut/tokenizer.json'), '{')
    expect(await refused('--encoder', folder.file('cut'))).toMatch(/cannot be loaded.*must hold config\.json/)
    // What is wrong with the table is told before a model is loaded.
    const wrong = { '--text': 'coment', '--labels': 'kinds', '--id': 'nam' }
    for (const [flag, column] of Object.entries(wrong))
      expect(await refused('--encoder', folder.file('cut'), flag, column)).toMatch(new RegExp(`: got '${column}'`))
    const { stderr } = await dclust(['cluster', folder.file('x.npy'), '--text', 'a'])
    expect(stderr).toMatch(/--text.*a column of a CSV file; data 'npy'/)
  })
})
