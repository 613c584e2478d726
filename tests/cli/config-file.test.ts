// Configuration files: what they may hold, what goes before what, and where each value of a run comes from.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
afterAll(() => folder.remove())
afterEach(() => vi.unstubAllEnvs())
writeFileSync(folder.file('blobs.csv'), blobsCsv(60, true))

let files = 0
function file(text: string | Uint8Array, ending = 'yaml'): string {
  const path = folder.file(`${files++}.${ending}`)
  writeFileSync(path, text)
  return path
}
const dry = async (...args: string[]) => {
  const { code, stdout, stderr } = await dclust(['run', ...args, '--dry-run', '--json', '--backend', 'cpu'])
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}
const refusal = async (text: string | Uint8Array) => {
  const { code, stderr } = await dclust(['run', 'bootsc', '--config', file(text), '--dry-run', '--backend', 'cpu'])
  expect(code, stderr).toBe(1)
  expect(stderr).not.toContain('unexpected error')
  return stderr.replaceAll(folder.path, '')
}

describe('dclust run --config', () => {
  const text = `
pipeline: bootsc
preset: digits
data: csv:${folder.file('blobs.csv')}
k: 3
seeds: [4]
training: { epochs: 7, batchSize: 30, learningRate: { options: { from: 1e-3 } } }
options:
  views: feature-noise
  projection: { options: { hidden: 32, width: 8 } }
`
  it('goes before the preset, and flags, --set and the environment before it', async () => {
    const path = file(text)
    vi.stubEnv('DCLUST_EPOCHS', '6')
    vi.stubEnv('DCLUST_K', '4')
    vi.stubEnv('DCLUST_BATCH_SIZE', '20')
    const more = [
      '--labels',
      '-1',
      '--set',
      'k=5',
      '--set',
      'training.epochs=9',
      '--epochs',
      '2',
      '--set',
      'options.rounds=4',
    ]
    const { config, origins } = await dry('--config', path, ...more)
    expect(config).toMatchObject({
      pipeline: 'bootsc',
      preset: 'digits',
      data: { name: 'csv', options: { path: folder.file('blobs.csv'), standardize: false } },
      k: 5,
      seeds: [4],
      training: { epochs: 2, batchSize: 20, learningRate: { name: 'linear', options: { from: 0.001 } } },
      options: { rounds: 4, epsilon: 0.05, projection: { name: 'projection', options: { hidden: 32, width: 8 } } },
    })
    expect(origins).toMatchObject({
      pipeline: `--config ${path}: pipeline`,
      k: '--set k',
      'training.epochs': '--epochs',
      'training.batchSize': 'DCLUST_BATCH_SIZE',
      'training.learningRate.options.from': `--config ${path}: training.learningRate.options.from`,
      'training.optimizer.options.momentum': 'preset digits',
      'options.rounds': '--set options.rounds',
      'options.epsilon': 'default',
      'options.projection.options.width': `--config ${path}: options.projection.options.width`,
    })
  })

  it('trains, and what it says is never changed to fit the data', async () => {
    const out = folder.file('trained')
    const { code, stderr } = await dclust(['run', '--config', file(text), ...tiny, '--labels', '-1', '--out', out])
    expect(code, stderr).toBe(0)
    expect(JSON.parse(readFileSync(`${out}/metrics.json`, 'utf8')).seeds[0].seed).toBe(4)
    // A run's own configuration is such a file.
    const again = await dry('--config', `${out}/config.resolved.json`, '--out', folder.file('again'))
    const { pipeline, preset, k, seeds, training } = JSON.parse(readFileSync(`${out}/config.resolved.json`, 'utf8'))
    expect(again.config).toMatchObject({ pipeline, preset, k, seeds, training: { epochs: training.epochs } })
    expect(again.config.options.backbone).toMatchObject({ name: 'mlp', options: { widths: [16] } })
    const large = file(text.replace('batchSize: 30', 'batchSize: 300'))
    const refused = await dclust(['run', '--config', large, '--labels', '-1', '--dry-run', '--backend', 'cpu'])
    expect(refused.stderr).toContain(`training.batchSize: got 300; allowed: at most 60`)
  })

  it('shows the origin of what was fitted to the data', async () => {
    const { config, origins } = await dry('bootsc', '--data', `csv:${folder.file('blobs.csv')}`, '--labels', '-1')
    expect([config.k, origins.k]).toEqual([3, 'the data'])
    expect([config.training.batchSize, origins['training.batchSize']]).toEqual([60, 'the data'])
    expect([origins['options.projection.options.width'], origins['data.options.label']]).toEqual([
      'the data',
      '--labels',
    ])
    expect(origins.preset).toBe('default for such rows')
  })

  it('shows them as a table beside a configuration that is read again', async () => {
    const args = ['bootsc', '--epochs', '3', '--seeds', '2', '--backend', 'cpu', '--dry-run']
    const { stdout, stderr } = await dclust(['run', ...args])
    expect(stderr).toMatch(/^training\.epochs +3 +--epochs$/m)
    expect(stderr).toMatch(/^options\.epsilon +0\.05 +default$/m)
    const again = await dry('--config', file(stdout, 'json'))
    expect(again.config).toEqual(JSON.parse(stdout))
  })

  it('needs a pipeline from somewhere', async () => {
    const { code, stderr } = await dclust(['run', '--config', file('k: 3')])
    expect([code, stderr]).toEqual([1, expect.stringContaining('config.pipeline: got undefined; allowed: a pipeline')])
    expect((await dclust(['run'])).code).toBe(2)
  })

  it('tells variables that are no settings', async () => {
    vi.stubEnv('DCLUST_EPOCH', '6')
    const { stderr } = await dclust(['run', 'bootsc', '--dry-run', '--backend', 'cpu'])
    expect(stderr).toContain('DCLUST_EPOCH is no setting of dclust and is passed over')
    vi.stubEnv('DCLUST_EPOCHS', 'many')
    expect(await dclust(['run', 'bootsc', '--dry-run'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/from env 'DCLUST_EPOCHS' is invalid\. Allowed: an integer ≥ 1/),
    })
  })
})

describe('a configuration in YAML', () => {
  it('is YAML 1.2: no and yes are texts, 1e-3 is a number, anchors are followed', async () => {
    const path = file(`%YAML 1.1
---
common: &noise { deviation: 1e-3, mask: .5 }
`)
    expect((await dclust(['run', 'bootsc', '--config', path])).stderr).toContain('config.common: got')
    const { config } = await dry(
      'bootsc',
      '--config',
      file(`
data: { name: csv, options: { path: "${folder.file('blobs.csv')}", label: -1 } }
training: &t { epochs: 3 }
options: { epsilon: 1e-3, lambda: +.5, views: { name: feature-noise, options: { deviation: 1E-3 } } }
beside: { no: { epsilon: 0.5 }, y: { epsilon: 2 } }
`),
    )
    expect(config.options).toMatchObject({ epsilon: 0.001, lambda: 0.5, views: { options: { deviation: 0.001 } } })
    expect(Object.keys(config.beside)).toEqual(['no', 'y'])
    expect(await refusal('training: { dropLast: no }')).toContain(
      "config.training.dropLast: got 'no'; allowed: true or false",
    )
    expect(await refusal('%YAML 1.1\n---\ntraining: { dropLast: yes }')).toContain("got 'yes'; allowed: true or false")
    expect(await refusal('k: "5"')).toContain("config.k: got '5'; allowed: ")
    expect(await refusal('k: 1_000')).toContain("config.k: got '1_000'; allowed: ")
    expect(await refusal('k: 12345678901234567890')).toContain('config.k: got 12345678901234567000; allowed: ')
    expect(await refusal('seeds: [0, .inf]')).toContain('config.seeds.1: got Infinity; allowed: an integer')
  })

  it.each([
    ['a name twice', 'k: 3\nk: 4', /Map keys must be unique at line 2, column 1/],
    ['a name twice in JSON', '{ "k": 3, "k": 4 }', /Map keys must be unique/],
    ['a setting that there is not', 'epochs: 4', /config\.epochs: got 4; allowed: options .*training/],
    ['one below another', 'training: { epoch: 4 }', /config\.training\.epoch: got 4; allowed: options epochs, /],
    ['a part of another form', 'training: { optimizer: { nam: adam } }', /config\.training\.optimizer.*nam/],
    ['data of another form', 'data: 5', /config\.data: got 5; allowed: what --data takes, or \{ name, options \}/],
    [
      'a training that is none',
      'training: null',
      /training: got null; allowed: settings of a training; bootsc has one/,
    ],
    ['a list for a name', 'pipeline: [bootsc]', /config\.pipeline: got \["bootsc"\]; allowed: a text/],
    ['no mapping', '- k', /it holds no settings; write names and values/],
    ['nothing', '# k: 3\n', /it holds nothing; write names and values/],
    ['several documents', 'k: 3\n---\nk: 4', /multiple documents/],
    ['a tag', 'k: !!js/function "x"', /Unresolved tag/],
    ['what is no YAML', 'k: [1', /line 1/],
    ['tabs', 'training:\n\tepochs: 3', /Tabs are not allowed as indentation at line 2/],
    ['an alias of nothing', 'k: *other', /[Uu]nresolved alias/],
    ['a name that reaches into every object', '{ "__proto__": { "k": 3 } }', /'__proto__' is no name of a setting/],
    ['one deeper', 'options: { constructor: { prototype: 1 } }', /'constructor' is no name of a setting/],
    ['names that are no texts', '? [1, 2]\n: 3', /keys must be strings/],
    ['other text than UTF-8', Uint8Array.of(0x6b, 0x3a, 0x20, 0xff), /it is not UTF-8/],
    [
      'more than a megabyte',
      `k: 3 #${'x'.repeat(2 ** 20)}`,
      /it has 1048582 bytes, and a configuration at most 1048576/,
    ],
  ])('with %s is refused', async (_, text, message) => {
    expect(await refusal(text)).toMatch(message)
  })

  it('that grows without end is refused', async () => {
    const level = (n: number) => `l${n}: &l${n} [${Array.from({ length: 9 }, () => `*l${n - 1}`).join(', ')}]`
    const text = `l0: &l0 [x, x]\n${Array.from({ length: 9 }, (_, n) => level(n + 1)).join('\n')}`
    expect(await refusal(text)).toMatch(/Excessive alias count/)
  })

  it('that is a folder or is not there is refused', async () => {
    mkdirSync(folder.file('folder.yaml'))
    expect((await dclust(['run', 'bootsc', '--config', folder.file('folder.yaml')])).stderr).toContain('it is no file')
    const { stderr, code } = await dclust(['run', 'bootsc', '--config', folder.file('none.yaml')])
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/--config: cannot read '.*none\.yaml': it does not exist/),
    ])
  })
})

describe('dclust init', () => {
  it.each([
    ['bootsc', undefined],
    ['sp2ot', undefined],
    ['otdc', 'otdc'],
    ['dscl', undefined],
  ])('writes a file for %s that changes nothing, also if every comment is taken away', async (pipeline, preset) => {
    const path = folder.file(`${pipeline}.yaml`)
    const more = preset === undefined ? [] : ['--preset', preset]
    const { code, stderr } = await dclust(['init', path, '--pipeline', pipeline, ...more])
    expect(code, stderr).toBe(0)
    expect(stderr).toContain(`dclust run --config ${path}`)
    const { config } = await dry(pipeline, ...more)
    expect((await dry('--config', path)).config).toEqual(config)
    const all = readFileSync(path, 'utf8').replace(
      /^# (?=(?:preset|training|options|labels|scores|start|init|unseen|beside):| )/gm,
      '',
    )
    expect(all.split('\n').filter((line) => /^ *[a-zA-Z]+:/.test(line)).length).toBeGreaterThan(20)
    expect((await dry('--config', file(all))).config).toEqual(config)
  })

  it('never overwrites a file', async () => {
    const path = file('mine')
    expect(await dclust(['init', path])).toMatchObject({ code: 1, stderr: expect.stringContaining('it exists') })
    const deep = folder.file('new/folder/mine.yaml')
    expect(await dclust(['init', deep])).toMatchObject({ code: 0 })
    expect(readFileSync(deep, 'utf8')).toContain('pipeline: bootsc')
    expect(await dclust(['init', `${deep}/x.yaml`])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Cannot write '.*x\.yaml': a file of that name is in the way/),
    })
    expect(readFileSync(path, 'utf8')).toBe('mine')
    expect(await dclust(['init', '-', '--pipeline', 'none'])).toMatchObject({ code: 1 })
    expect((await dclust(['init', '-'])).stdout).toContain('pipeline: bootsc')
  })
})

describe('dclust schema', () => {
  it('is a JSON Schema of what a file may hold', async () => {
    const { stdout, code } = await dclust(['schema'])
    expect(code).toBe(0)
    const schema = JSON.parse(stdout)
    expect(schema).toMatchObject({ $schema: expect.stringContaining('json-schema.org'), type: 'object' })
    expect(schema.properties.training.anyOf[0].properties.epochs).toMatchObject({ type: 'integer', minimum: 1 })
    expect(schema.required).toBeUndefined()
    expect(schema.additionalProperties).toBe(false)
  })
})

describe('dclust list KIND NAME', () => {
  it('shows options with defaults, ranges and descriptions, those of parts too', async () => {
    const { stdout } = await dclust(['list', 'pipeline', 'bootsc'])
    expect(stdout).toMatch(/^k +required +an integer ≥ 2; clusters$/m)
    expect(stdout).toMatch(/^epsilon +0\.05 +a number > 0; entropy of the targets$/m)
    expect(stdout).toMatch(/^projection\.options\.width +128 +an integer > 0$/m)
    const { options } = JSON.parse((await dclust(['list', 'pipeline', 'bootsc', '--json'])).stdout)
    expect(options).toContainEqual({
      path: 'temperature',
      allowed: 'a number > 0 and ≤ 1',
      default: 0.05,
      required: false,
      description: 'initial value of both temperatures',
    })
  })

  it('shows every plugin that there is', async () => {
    const all = JSON.parse((await dclust(['list', '--json'])).stdout) as { kind: string; name: string }[]
    for (const { kind, name } of all) {
      const { code, stdout, stderr } = await dclust(['list', kind, name, '--json'])
      expect(code, `${kind} ${name}: ${stderr}`).toBe(0)
      expect(() => JSON.parse(stdout)).not.toThrow()
      expect((await dclust(['list', kind, name])).stdout).not.toMatch(/undefined|\[object/)
    }
  })

  it('names what there is', async () => {
    const { code, stderr } = await dclust(['list', 'pipeline', 'bootcs'])
    expect([code, stderr]).toEqual([1, expect.stringMatching(/No pipeline named 'bootcs'.*bootsc/)])
    expect((await dclust(['list', 'preset', 'none'])).stderr).toContain("No preset named 'none'")
  })
})
