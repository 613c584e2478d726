import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
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
/** A run that is refused before any work: there is no folder, and a dry run says the same. */
async function refusedBy(pipeline: string, ...args: string[]): Promise<string> {
  const out = folder.file('refused')
  const command = ['run', pipeline, ...args, ...(args.includes('--out') ? [] : ['--out', out])]
  const text = await message(command)
  expect(existsSync(out)).toBe(false)
  expect(await message([...command, '--dry-run'])).toBe(text)
  return text
}
const refused = (...args: string[]) => refusedBy('bootsc', ...args)
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
      /No preset of bootsc named 'digit' is registered. Registered: bootsc, neighbours, digits/,
    ))
  it('--backend', async () => {
    expect(await run('--backend', 'abacus', '--dry-run')).toMatch(
      /No backend named 'abacus' is registered. Registered: .*onnx/,
    )
    expect(await run('--backend', 'tensorflow-gpu', '--dry-run')).toMatch(
      /asked for \(tensorflow-gpu\)[\s\S]*npm install/,
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
    ['--seed', '99999999999999999999', 'an integer from 0 to 9007199254740991'],
    ['--seeds', '0', 'an integer from 1 to 10000'],
    ['--seeds', '1e9', 'an integer from 1 to 10000'],
    ['--threads', '0', 'an integer from 1 to'],
    ['--threads', '1000000', 'an integer from 1 to'],
  ])('%s %s', async (option, value, allowed) => {
    const text = await usage(option, value)
    expect(text).toContain(`option '${option} `)
    expect(text).toContain(`'${value}' is invalid. Allowed: ${allowed}`)
  })
  it('more clusters than rows', async () =>
    expect(await refused(...onGood, '--labels', '-1', '--k', '61')).toContain(
      "--k: got 61; allowed: at most 60, the number of rows of 'good.csv'",
    ))
  it('more rows in a batch than there are', async () => {
    const most = 'got 61; allowed: at most 60, the number of rows that are trained on'
    expect(await refused(...onGood, '--labels', '-1', '--batch-size', '61')).toContain(`--batch-size: ${most}`)
    const set = ['--set', 'training.batchSize=61']
    expect(await refused(...onGood, '--labels', '-1', ...set)).toContain(`--set training.batchSize: ${most}`)
    // A flag goes before --set.
    const both = ['--batch-size', '61', '--set', 'training.batchSize=20']
    expect(await refused(...onGood, '--labels', '-1', ...both)).toContain(`--batch-size: ${most}`)
  })
  it('a last batch of a single row', async () =>
    expect(
      await refused(...onGood, '--labels', '-1', '--batch-size', '59', '--set', 'training.dropLast=false'),
    ).toContain('training.dropLast: got false; allowed: true, or another batch size: the last batch of 60 rows by 59'))
  it('an embedding wider than a batch', async () => {
    const wide = ['--set', 'options.projection={"name":"projection","options":{"hidden":8,"width":31}}']
    expect(await refused(...onGood, '--labels', '-1', '--batch-size', '30', ...wide)).toContain(
      '--set options.projection.options.width: got 31; allowed: at most 30: its columns are made orthogonal in batches of 30 rows',
    )
  })
  it('more neighbours than other rows', async () =>
    expect(
      await refusedBy('sp2ot', ...onGood, '--labels', '-1', '--set', 'options.neighbours.options.neighbours=60'),
    ).toContain('--set options.neighbours.options.neighbours: got 60; allowed: at most 59: a row has 59 others'))
  it('seeds twice', async () => {
    expect(await usage('--seed', '1', '--seed', '1')).toContain('This seed was given before.')
    expect(await run('--seed', '1', '--seeds', '2')).toContain('--seed and --seeds')
    expect(await refused('--set', 'seeds=[3,3]')).toContain('config.seeds: got [3,3]; allowed: each seed once')
  })
})

describe('--data', () => {
  it.each([
    ['digits', /No dataset named 'digits' is registered\. Registered: .* Nor is there a file or folder 'digits'\./],
    ['', /--data: got ''; allowed: a dataset name/],
    ['points.tsv', /csv:PATH reads a table in text, --set 'data.options.delimiter=\\t' one with tabs/],
    ['csv:', '--data: got'],
    ['csv', "--data: got 'csv'; allowed: csv:PATH"],
    ['csv:absent.csv', 'absent.csv'],
    ['absent.csv', 'absent.csv'],
    ['points.xlsx', '--data: got'],
    ['npy:absent.npy', 'absent.npy'],
    ['idx:absent', "'absent': it does not exist"],
  ])('%s', async (data, text) =>
    expect(await refused('--data', data, '--k', '3')).toEqual(
      typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text),
    ),
  )
  it.each([
    ['csv', 'nan.csv', /nan/i],
    ['csv', 'text.csv', /four/],
    ['csv', 'empty.csv', /empty|no rows/i],
    ['npy', 'torn.npy', /torn\.npy/],
    ['idx', 'full', /holds no IDX images/],
  ])('%s:%s', async (kind, file, text) =>
    expect(await refused('--data', `${kind}:${folder.file(file)}`, '--k', '3')).toMatch(text),
  )
  it('without labels needs --k', async () =>
    expect(await refused('--data', `csv:${folder.file('bare.csv')}`)).toContain(
      "--k: nothing was given; allowed: a number of clusters; 'bare.csv' has no labels to count. Or dclust cluster",
    ))
  it('of a single class needs --k, and is not said to have no labels', async () => {
    writeFileSync(folder.file('one.csv'), blobsCsv(60, false).replaceAll('\n', ',same\n').concat(',same'))
    const one = ['--data', `csv:${folder.file('one.csv')}`, '--labels', '-1']
    expect(await refused(...one)).toContain("'one.csv' has labels of a single class")
    expect(await refusedBy('dscl', ...one)).toContain(
      "dscl is supervised and needs rows of two classes at least; 'one.csv' has labels of a single class",
    )
  })
  it('without labels is nothing for a supervised pipeline', async () => {
    for (const more of [[], ['--set', 'unseen=null', '--k', '3']])
      expect(await refusedBy('dscl', '--data', `csv:${folder.file('bare.csv')}`, ...more)).toContain(
        "dscl is supervised and needs rows of two classes at least; 'bare.csv' has no labels to count",
      )
    expect(await refusedBy('dscl', ...onGood, '--labels', '-1', '--set', 'unseen=0.4')).toContain(
      'unseen: got 0.4; allowed: a share that leaves two of the 3 classes on both sides',
    )
  })
  it('--labels', async () => {
    expect(await refused(...onGood, '--labels', 'species')).toMatch(/species/)
    expect(await refused('--labels', 'x')).toContain("data 'optdigits' brings its own labels")
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
    ['options.k=3', 'options.k: got 3; allowed: not here; --k gives the number of clusters'],
    ['options.epsilon=-1', 'pipeline.bootsc.epsilon: got -1'],
    ['options.colour=1', 'pipeline.bootsc.colour: got 1'],
    ['options.backbone=vgg', "No backbone named 'vgg' is registered. Registered: "],
    ['options.backbone.name=vgg', "No backbone named 'vgg' is registered. Registered: "],
    ['options.backbone={"name":"mlp","options":{"widths":[0]}}', 'backbone.mlp.widths.0: got 0'],
    ['options.views={"name":"feature-noise","options":{"mask":2}}', 'augmentation.feature-noise.mask: got 2'],
    ['options.views.options.angle=3', 'augmentation.image-affine.angle: got 3'],
    ['beside={"a b":{},"a-b":{}}', 'names that differ in letters or digits'],
    ['data.options.colour=1', 'data.options.colour: got 1'],
  ])('%s', async (setting, text) => expect(await refused('--set', setting)).toContain(text))
  it('is looked at before the data, where the preset is told', async () => {
    const absent = ['--data', 'csv:absent.csv', '--preset', 'bootsc']
    expect(await refused(...absent, '--set', 'options.epsilon=-1')).toContain('pipeline.bootsc.epsilon: got -1')
    expect(await refused(...absent, '--set', 'options.projection=mlq')).toContain("No head named 'mlq'")
  })
  it('reaches trainings beside', async () =>
    expect(await refusedBy('dscl', '--set', 'beside.other.loss=none')).toContain("No loss named 'none'"))
  it('must fit the rows: parts are tried on some', async () => {
    const labelled = [...onGood, '--labels', '-1']
    expect(await refused(...labelled, '--set', 'options.views=image-affine')).toMatch(/image/)
    expect(await refused(...labelled, '--set', 'options.backbone=convnet')).toMatch(/convnet|height/)
    expect(await refusedBy('otdc', ...labelled, '--set', 'options.sizes=[1,2]')).toMatch(
      /sizes: got \[1,2\]; allowed: 3/,
    )
    expect(
      await refusedBy('dscl', ...labelled, '--set', 'options.parts=2', '--set', 'options.loss=softmax-regression'),
    ).toContain('parts: got 2; allowed: 1 with another loss than dscl')
  })
})

describe('--init', () => {
  const digits = ['--set', 'options.backbone={"name":"mlp","options":{"widths":[16]}}']
  it.each([
    ['absent', [], /--init: There is no run in '.*absent'/],
    ['full', [], /--init: There is no run in '.*full'/],
    ['finished', [], /--init: .*encoder/],
    ['finished', digits, /--init: .*encoder/],
  ])('%s %j', async (run, more, text) => {
    // The finished run has eight features, the digits have 64 pixels.
    expect(await refusedBy('p2ot', '--init', folder.file(run), ...more)).toMatch(text)
  })
})

describe('--out and --resume', () => {
  const shared = [...onGood, '--labels', '-1', ...tiny]
  it('never overwrite a run or anything else', async () => {
    expect(await refused(...shared, '--out', finished)).toMatch(
      /runs are never overwritten. Go on with it by --resume, or name another folder/,
    )
    const precious = readdirSync(folder.file('full'))
    expect(await refused(...shared, '--out', folder.file('full'))).toContain('the folder is not empty and holds no run')
    expect(readdirSync(folder.file('full'))).toEqual(precious)
    expect(await refused(...shared, '--out', folder.file('file'))).toContain('a file of this name exists')
    for (const empty of ['', ' '])
      expect(await refused(...shared, '--out', empty)).toContain('allowed: the name of a folder')
    expect(await refused(...shared, '--out', folder.file('file/below'))).toContain('a part of the path is a file')
    expect(await refused(...shared, '--out', folder.file('x'.repeat(300)))).toContain('a name in the path is too long')
    expect(await refused(...shared, '--out', folder.file('a\u0000b'))).toMatch(/Cannot write '.*a\\x00b'/)
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
    expect(await refused(...shared, '--out', folder.file('locked/run'))).toContain('no permission to write there')
  })
})

describe('training that goes wrong', () => {
  it('before its first epoch leaves no folder, and none that it made above it', async () => {
    const diverging = [...onGood, '--labels', '-1', ...tiny, '--lr', '1e38']
    await run(...diverging, '--out', folder.file('above/diverged'))
    expect(existsSync(folder.file('above'))).toBe(false)
    mkdirSync(folder.file('given'))
    await run(...diverging, '--out', folder.file('given'))
    expect(readdirSync(folder.file('given'))).toEqual([])
  })
  it('says so where the last update made the network give what is no number', async () => {
    const one = [...onGood, '--labels', '-1', ...tiny, '--batch-size', '60', '--epochs', '1', '--lr', '1e38']
    const text = await run(...one, '--out', folder.file('last-step'))
    expect(text).toMatch(
      /seed 0: the trained network gives NaN for row \d+, so the training diverged. A lower learning rate/,
    )
  })
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
    [folder.file('nothing.mjs'), /its list 'plugins' is empty/],
  ])('%s', async (reference, text) => expect(await run('--plugin', reference)).toMatch(text))
})

describe('dclust report', () => {
  it('needs a finished run', async () => {
    expect(await message(['report', folder.file('absent')])).toContain('There is no run in')
    expect(await message(['report', folder.file('full')])).toContain('There is no run in')
  })
})
