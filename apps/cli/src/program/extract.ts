import { InvalidArgumentError, Option } from 'commander'
import type { ExtractFlags } from '../commands/extract'
import { integer, variableOf } from '../config/flags'
import { shareOf } from '../extract/share'
import type { Register } from './door'
import { pluginOption } from './plugin-option'

const examples = `
Examples
  dclust extract photos/ --encoder dinov2.onnx --imagenet --tokens first --out photos.parquet
  dclust extract photos/ --encoder efficientnet-lite0 --out photos.npy     the encoder that ships; it knows its size and statistics
  dclust extract photos/ --encoder model.onnx --out photos.npy            names of the rows: photos.rows.csv
  dclust run bootsc --data photos.parquet --k 20                          rows keep the names of their pictures

  dclust extract photos/ --encoder dinov2.onnx --out features/ --jobs 2      a file for each 2,048 pictures
  dclust extract photos/ --encoder dinov2.onnx --out /shared/features --queue redis://host:6379
  dclust run kmeans --data shards:features/ --k 20                           clusters what is in the folder
  dclust extract photos/ --encoder dinov2.onnx --out features/ --shard 2/5   without a queue: the second of five processes

A folder has a manifest with checksums once all its files are there. The same command again makes only what is missing, damaged,
or of other pictures. Features in one file are kept in the user's cache folder: the same pictures and model are not computed again. Pictures that cannot be decoded
are told and left out. Exit codes: 0, also with pictures left out; 1 (no picture can be decoded, or a file cannot be read or
written, or a partition failed); 2 (the command line is not understood); 130 (Ctrl-C)
`

/** @throws InvalidArgumentError for what names no share */
function share(text: string) {
  try {
    return shareOf(text)
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}

function numbers(text: string): number[] {
  const found = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if (!found.every(Number.isFinite))
    throw new InvalidArgumentError('Allowed: numbers joined by commas, one for each channel.')
  return found
}

export const register: Register = (root, { terminal, done }) => {
  const command = root
    .command('extract')
    .description('features that an encoder sees in pictures, as .npy or .parquet')
    .argument('<photos>', 'a folder of images, or a data set of images as --data of run has it')
    .requiredOption(
      '--encoder <name>',
      'an ONNX model with one image input, by its file; or a name of dclust list encoder',
    )
    .requiredOption('--out <place>', 'a new file ending in .npy or .parquet; or a folder, for many pictures')
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
    .option('--part-rows <n>', 'pictures for each file of a folder', integer(1, 10_000_000), 2048)
    .addOption(new Option('--format <ending>', 'of the files of a folder').choices(['npy', 'parquet']).default('npy'))
    .option('--jobs <n>', 'files of a folder that are made at a time, on this machine', integer(1, 256), 1)
    .addOption(
      new Option(
        '--queue <address>',
        'let the workers of a queue make them; --out is a folder that all of them see',
      ).env(variableOf('queue')),
    )
    .option('--shard <i/n>', 'make only the i-th of n shares of the files; another process makes the others', share)
    .option('--shards <n>', 'shares of a Kubernetes Indexed Job; the share is JOB_COMPLETION_INDEX', integer(1))
    .option('--json', 'print one JSON object')
    .addOption(pluginOption())
    .addHelpText('after', examples)
    .action(async (photos: string, given: ExtractFlags) => {
      const { queue, ...others } = given
      // What the environment says is there for folders.
      const flags = command.getOptionValueSource('queue') === 'env' ? { ...others, usualQueue: queue } : given
      const { extract } = await import('../commands/extract')
      done(await extract(photos, flags, terminal))
    })
}
