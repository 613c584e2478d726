import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blobsCsv, dclust, temporaryFolder, tiny } from './dclust'

const folder = temporaryFolder()
const good = folder.file('good.csv')
const onGood = ['--data', `csv:${good}`]
const finished = folder.file('finished')

beforeAll(async () => {
  writeFileSync(good, blobsCsv(60, true))
  writeFileSync(folder.file('bare.csv'), blobsCsv(60, false))
  writeFileSync(folder.file('nan.csv'), `${blobsCsv(40, false)}\n1,2,nan,4,5,6,7,8\n`)
  writeFileSync(folder.file('text.csv'), '1,2\n3,four\n')
  writeFileSync(folder.file('empty.csv'), '')
  writeFileSync(folder.file('torn.npy'), 'NUMPY')
  writeFileSync(folder.file('broken.mjs'), 'export const plugins = [')
  writeFileSync(folder.file('nothing.mjs'), 'export const plugins = []')
  mkdirSync(folder.file('full'))
  writeFileSync(folder.file('full/thesis.txt'), 'precious')
  writeFileSync(folder.file('file'), '')
  const { code, stderr } = await dclust(['run', 'bootsc', ...onGood, '--labels', '-1', ...tiny, '--out', finished])
  expect(code, stderr).toBe(0)
})
afterAll(() => folder.remove())

/** Runs, expects the exit code, nothing on stdout, and returns the message. */
async function message(args: readonly string[], code = 1): Promise<string> {
  const result = await dclust(args)
  expect(result.code, result.stderr).toBe(code)
  expect(result.stdout).toBe('')
  expect(result.stderr).not.toContain('unexpected error')
  return result.stderr
}
const run = (...args: string[]) => message(['run', 'bootsc', ...args])
const usage = (...args: string[]) => message(['run', 'bootsc', ...args], 2)

describe('words that are not understood', () => {
  it('commands and options', async () => {
    expect(await message(['rum'], 2)).toContain("unknown command 'rum'")
    expect(await usage('--epoch', '3')).toMatch(/unknown option '--epoch'[\s\S]*Did you mean --epochs/)
    expect(await message(['run'], 2)).toContain("missing required argument 'pipeline'")
    expect(await message(['run', 'boot'])).toMatch(/No pipeline named 'boot' is registered. Registered: bootsc/)
    expect(await message(['list', 'colours'])).toMatch(/kind: got 'colours'; allowed: .*pipeline/)
  })
  it('--preset', async () =>
    expect(await run('--preset', 'digit')).toMatch(
      /No preset of bootsc named 'digit' is registered. Registered: bootsc, digits/,
    ))
  it('--backend', async () => {
    expect(await run('--backend', 'abacus', '--dry-run')).toMatch(
      /No backend named 'abacus' is registered. Registered: .*onnx/,
    )
    expect(await run('--backend', 'tensorflow-gpu', '--dry-run')).toMatch(
      /asked for \(tensorflow-gpu\)[\s\S]*npm install/,
    )
    expect(await message(['run', 'sp2ot', '--backend', 'webgpu', '--dry-run'])).toContain(
      'sp2ot reads scores in the middle of a step, which this backend cannot do in Node',
    )
    expect(await usage('--backend', 'onnx,')).toContain('Allowed: backend names joined by commas.')
  })
})

describe('numbers out of range', () => {
  it.each([
    ['--k', '1', 'an integer ≥ 2'],
    ['--k', 'ten', 'an integer ≥ 2'],
    ['--epochs', '0', 'an integer ≥ 1'],
    ['--epochs', '2.5', 'an integer ≥ 1'],
    ['--batch-size', '1', 'an integer ≥ 2'],
    ['--lr', '0', 'a number > 0'],
    ['--lr', 'fast', 'a number > 0'],
    ['--seed', '-1', 'an integer ≥ 0'],
    ['--seeds', '0', 'an integer ≥ 1'],
    ['--threads', '0', 'an integer ≥ 1'],
  ])('%s %s', async (option, value, allowed) => {
    const text = await usage(option, value)
    expect(text).toContain(`option '${option} `)
    expect(text).toContain(`'${value}' is invalid. Allowed: ${allowed}`)
  })
  it('more clusters than rows', async () =>
    expect(await run(...onGood, '--labels', '-1', '--k', '61')).toContain(
      "--k: got 61; allowed: at most 60, the number of rows of 'good.csv'",
    ))
  it('more rows in a batch than there are', async () =>
    expect(await run(...onGood, '--labels', '-1', '--batch-size', '61', '--out', folder.file('b'))).toMatch(
      /batchSize: got 61; allowed: at most 60/,
    ))
  it('seeds twice', async () => {
    expect(await usage('--seed', '1', '--seed', '1')).toContain('This seed was given before.')
    expect(await run('--seed', '1', '--seeds', '2')).toContain('--seed and --seeds')
  })
  it('a batch smaller than the embedding is wide', async () =>
    expect(
      await run(...onGood, '--labels', '-1', '--batch-size', '30', '--epochs', '1', '--out', folder.file('w')),
    ).toMatch(/\[30, 128\]; expected \[n, d\] with n ≥ d/))
})

describe('--data', () => {
  it.each([
    ['digits', "No dataset named 'digits' is registered. Registered: "],
    ['csv:', '--data: got'],
    ['csv', 'dataset.csv.path'],
    ['csv:absent.csv', 'absent.csv'],
    ['absent.csv', 'absent.csv'],
    ['points.xlsx', '--data: got'],
    ['npy:absent.npy', 'absent.npy'],
    ['idx:absent', "'absent' does not exist"],
  ])('%s', async (data, text) => expect(await run('--data', data, '--k', '3')).toContain(text))
  it.each([
    ['csv', 'nan.csv', /nan/i],
    ['csv', 'text.csv', /four/],
    ['csv', 'empty.csv', /empty|no rows/i],
    ['npy', 'torn.npy', /torn\.npy/],
    ['idx', 'full', /holds no IDX images/],
  ])('%s:%s', async (kind, file, text) =>
    expect(await run('--data', `${kind}:${folder.file(file)}`, '--k', '3')).toMatch(text),
  )
  it('without labels needs --k', async () =>
    expect(await run('--data', `csv:${folder.file('bare.csv')}`)).toContain(
      "--k: got undefined; allowed: a number of clusters; 'bare.csv' has no labels to count",
    ))
  it('--labels', async () => {
    expect(await run(...onGood, '--labels', 'species')).toMatch(/species/)
    expect(await run('--labels', 'x')).toContain(
      "--labels: got 'x'; allowed: with npy:FILE or csv:FILE; data 'optdigits' brings its own labels",
    )
  })
})

describe('--set', () => {
  it.each([
    ['epochs', '--set epochs: expected path=value'],
    ['=3', '--set =3: expected path=value'],
    ['training.epochs=0', 'config.training.epochs: got 0; allowed: at least 1'],
    ['training.epoch=3', 'config.training.epoch: got'],
    ['colour=red', 'config.colour: got'],
    ['k.x=1', 'config.k: got'],
    ['training.epochs.x=1', "'epochs' is 100 and has no 'x'"],
    ['__proto__.x=1', "'__proto__' is no name of a setting"],
    ['labels=magic', "No label rule named 'magic' is registered. Registered: "],
    ['training.optimizer.name=newton', "No optimizer named 'newton' is registered. Registered: "],
    ['training.optimizer.options.momentum=2', 'optimizer.sgd.momentum: got 2'],
    ['training.learningRate.name=wave', "No schedule named 'wave' is registered."],
  ])('%s', async (setting, text) => expect(await run('--set', setting)).toContain(text))
  it('reaches the options of the pipeline and its parts', async () => {
    const out = ['--out', folder.file('options')]
    expect(await run(...onGood, '--labels', '-1', '--set', 'options.epsilon=-1', ...out)).toContain(
      'pipeline.bootsc.epsilon: got -1',
    )
    expect(
      await run(...onGood, '--labels', '-1', '--set', 'options.backbone=vgg', '--out', folder.file('backbone')),
    ).toContain("No backbone named 'vgg' is registered. Registered: ")
  })
})

describe('--out and --resume', () => {
  const shared = [...onGood, '--labels', '-1', ...tiny]
  it('never overwrite a run or anything else', async () => {
    expect(await run(...shared, '--out', finished)).toMatch(
      /runs are never overwritten. Go on with it by --resume, or name another folder/,
    )
    expect(await run(...shared, '--out', folder.file('full'))).toContain('the folder is not empty and holds no run')
    expect(await run(...shared, '--out', folder.file('file'))).toContain('a file of this name exists')
    expect(await run(...shared, '--out', folder.file('file/below'))).toContain('a part of the path is a file')
  })
  it('say when there is nothing to go on with', async () => {
    expect(await run('--resume')).toContain('--resume needs --out')
    expect(await run('--resume', '--out', folder.file('absent'))).toContain('There is no run in')
    expect(await run('--resume', '--out', finished)).toContain('is finished')
  })
  it('keep the configuration of the run', async () => {
    const out = folder.file('stopped')
    const stopped = await dclust(
      ['run', 'bootsc', ...shared, '--out', out],
      (text, stop) => text.includes('epoch 1/4') && stop(),
    )
    expect(stopped.code).toBe(130)
    expect(await run('--resume', '--out', out, '--epochs', '9')).toContain(
      '--resume: training.epochs differs from the run',
    )
    expect(await message(['run', 'dscl', '--resume', '--out', out])).toContain('--resume: pipeline differs')
    writeFileSync(`${out}/checkpoints/seed-0.safetensors`, 'torn')
    expect(await run('--resume', '--out', out, '--backend', 'cpu')).toContain('seed-0.safetensors')
    writeFileSync(`${out}/config.resolved.json`, '{')
    expect(await run('--resume', '--out', out)).toContain('is not valid JSON')
  })
  // Root may write anywhere, so this can only be seen by others.
  it.skipIf(process.getuid?.() === 0)('says when a folder cannot be written', async () => {
    mkdirSync(folder.file('locked'))
    chmodSync(folder.file('locked'), 0o500)
    expect(await run(...shared, '--out', folder.file('locked/run'))).toContain('no permission to write there')
  })
})

describe('training that goes wrong', () => {
  it('names the step at which the loss stopped being a number', async () =>
    expect(await run(...onGood, '--labels', '-1', ...tiny, '--lr', '1e38', '--out', folder.file('diverged'))).toMatch(
      /The loss became .* at step \d+ .*a lower learning rate/,
    ))
})

describe('--plugin', () => {
  it.each([
    ['no-such-package', /--plugin no-such-package cannot be loaded: /],
    ['./absent.mjs', /--plugin .\/absent.mjs cannot be loaded: /],
    [folder.file('broken.mjs'), /cannot be loaded: /],
    [folder.file('nothing.mjs'), /exports no array 'plugins' of plugins made with definePlugin/],
  ])('%s', async (reference, text) => expect(await run('--plugin', reference)).toMatch(text))
})

describe('dclust report', () => {
  it('needs a finished run', async () => {
    expect(await message(['report', folder.file('absent')])).toContain('There is no run in')
    expect(await message(['report', folder.file('full')])).toContain('There is no run in')
  })
})
