import { InvalidArgumentError, Option } from 'commander'
import type { ExtractFlags } from '../commands/extract'
import { integer } from '../config/flags'
import type { Register } from './door'
import { pluginOption } from './plugin-option'

const examples = `
Examples
  dclust extract photos/ --encoder dinov2.onnx --imagenet --tokens first --out photos.parquet
  dclust extract photos/ --encoder efficientnet-lite0 --out photos.npy     the encoder that ships; it knows its size and statistics
  dclust extract photos/ --encoder model.onnx --out photos.npy            names of the rows: photos.rows.csv
  dclust run bootsc --data photos.parquet --k 20                          rows keep the names of their pictures

Features are kept in the user's cache folder: the same pictures and model are not computed again. Pictures that cannot be decoded
are told and left out. Exit codes: 0, also with pictures left out; 1 (no picture can be decoded, or a file cannot be read or
written); 2 (the command line is not understood)
`

function numbers(text: string): number[] {
  const found = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if (!found.every(Number.isFinite))
    throw new InvalidArgumentError('Allowed: numbers joined by commas, one for each channel.')
  return found
}

export const register: Register = (root, { terminal, done }) => {
  root
    .command('extract')
    .description('features that an encoder sees in pictures, as .npy or .parquet')
    .argument('<photos>', 'a folder of images, or a data set of images as --data of run has it')
    .requiredOption(
      '--encoder <name>',
      'an ONNX model with one image input, by its file; or a name of dclust list encoder',
    )
    .requiredOption('--out <file>', 'a new file ending in .npy or .parquet')
    .option('--size <pixels>', 'to a side (default: what the model takes, or 224)', integer(1, 16383))
    .addOption(
      new Option('--fit <how>', 'how a picture gets the form that the model takes')
        .choices(['crop', 'stretch', 'pad'])
        .default('crop'),
    )
    .addOption(new Option('--channels <n>', 'grey or colour').choices(['1', '3']).default('3'))
    .option('--imagenet', "ImageNet's mean and deviation of colours, by which most networks for photos were trained")
    .option('--mean <numbers>', 'subtracted from each channel', numbers)
    .option('--std <numbers>', 'divided into each channel after that', numbers)
    .addOption(new Option('--layout <order>', "of the model's input").choices(['nchw', 'nhwc']))
    .option('--output <name>', "the model's output, if it has several")
    .addOption(
      new Option('--tokens <which>', 'what to take of several vectors for a picture').choices(['first', 'mean']),
    )
    .option('--batch-size <n>', "pictures at once (default: the model's own, or 32)", integer(1))
    .option('--threads <n>', 'threads of ONNX Runtime', integer(1, 1024))
    .option('--no-cache', 'keep nothing in the cache folder')
    .option('--json', 'print { out, rows, width, leftOut }')
    .addOption(pluginOption())
    .addHelpText('after', examples)
    .action(async (photos: string, flags: ExtractFlags) => {
      const { extract } = await import('../commands/extract')
      done(await extract(photos, flags, terminal))
    })
}
