// A folder of photos by the command line, with one that is broken.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createRandom } from '@dc/core/random'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dclust, temporaryFolder } from './dclust'

const sharp = createRequire(new URL('../../apps/cli/package.json', import.meta.url))('sharp')
const folder = temporaryFolder()
afterAll(() => folder.remove())
beforeAll(async () => {
  mkdirSync(folder.file('photos'))
  const random = createRandom(0)
  for (let i = 0; i < 40; i++) {
    const pixels = Buffer.from(Uint8Array.from({ length: 12 * 12 * 3 }, () => random.integer(120) + (i % 2) * 120))
    await sharp(pixels, { raw: { width: 12, height: 12, channels: 3 } })
      .jpeg()
      .toFile(folder.file(`photos/${i}.jpg`))
  }
  writeFileSync(folder.file('photos/broken.jpg'), 'no picture')
})

const small = {
  size: 'data.options.size=8',
  cache: `data.options.cache=${folder.file('cache')}`,
  head: 'options.projection.options={"hidden":16,"width":8}',
  network: 'options.backbone.options.widths=[4]',
}
const run = (out: string, ...more: string[]) =>
  dclust([
    ...'run bootsc --preset photos --k 2 --epochs 1 --batch-size 20'.split(' '),
    ...['--data', folder.file('photos')],
    ...Object.values(small).flatMap((setting) => ['--set', setting]),
    ...['--backend', 'onnx', '--threads', '1', '--out', folder.file(out), ...more],
  ])

describe('a folder of photos', () => {
  it('is not clustered while one is broken', async () => {
    const { code, stderr } = await run('strict')
    expect(code).toBe(1)
    expect(stderr).toMatch(/broken\.jpg' cannot be decoded/)
  })

  it('is clustered without it if told to, and says so', async () => {
    const { code, stderr } = await run('lenient', '--on-bad-image', 'skip')
    expect(stderr).toMatch(/40 rows, 2 clusters/)
    expect(stderr).toMatch(/left out 1 file:[\s\S]*broken\.jpg/)
    expect(code).toBe(0)
    expect(existsSync(folder.file('lenient/views.png'))).toBe(true)
    const [header, ...lines] = readFileSync(folder.file('lenient/labels.csv'), 'utf8').trim().split('\n')
    expect(header).toBe('row,name,label,truth,class,certainty,x,y,kmeans,spectral,leiden')
    expect(lines.map((line) => line.split(',')[1]).slice(0, 3)).toEqual(['0.jpg', '1.jpg', '10.jpg'])
    const page = readFileSync(folder.file('lenient/report.html'), 'utf8')
    expect(page).toContain('What the network was shown')
    expect(page.length).toBeLessThan(2e6)
    expect(await dclust(['report', folder.file('lenient')])).toMatchObject({ code: 0, stderr: '' })
    // The charts' clip paths are numbered through the process.
    const plain = (html: string) => html.replace(/zr\d+-/g, '')
    expect(plain(readFileSync(folder.file('lenient/report.html'), 'utf8'))).toBe(plain(page))
  })

  it('is sorted into folders by cluster', async () => {
    const refused = await run('twice', '--on-bad-image', 'skip', '--copy-to', folder.file('photos/sorted'))
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('a folder outside of')])
    expect(existsSync(folder.file('twice'))).toBe(false)
    const { code, stderr, stdout } = await dclust([
      'report',
      folder.file('lenient'),
      '--copy-to',
      folder.file('sorted'),
      '--json',
    ])
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('copied 40 files into 2 folders of')
    const { sorted } = JSON.parse(stdout)
    expect(sorted.folders).toEqual(['0', '1'])
    const lines = readFileSync(folder.file('lenient/labels.csv'), 'utf8').trim().split('\n').slice(1)
    for (const line of lines) {
      const [, name, label] = line.split(',')
      expect(readFileSync(folder.file(`sorted/${label}/${name}`))).toEqual(readFileSync(folder.file(`photos/${name}`)))
    }
    const again = await dclust(['report', folder.file('lenient'), '--link-to', folder.file('sorted')])
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('an empty or new folder')])
  })

  it('knows two policies', async () => {
    const { code, stderr } = await run('other', '--on-bad-image', 'ignore')
    expect(code).toBe(2)
    expect(stderr).toContain('Allowed: skip, error.')
  })
})
