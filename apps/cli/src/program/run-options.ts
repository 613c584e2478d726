import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import { collect, collectSeeds, integer, names, policy, positive } from '../config/flags'
import { mostSeeds } from '../config/most-seeds'
import { fromEnvironment } from './environment'

/** More only wait for each other. */
const mostThreads = Math.max(64, availableParallelism())

/** Gives a command that has no options yet those that say what is run: data, method, seeds, backend. */
export function runOptions(command: Command): Command {
  return fromEnvironment(command)
    .option(
      '--data <data>',
      'a file (.csv, .npy, .npz, .parquet), a folder of images, IDX files or shards, or a name from dclust list dataset, with :PATH if it reads one (default: optdigits)',
    )
    .option('--labels <where>', 'true labels, for scoring only: a CSV column, or a second .npy file')
    .option('--id <column>', 'a column of a table that names its rows')
    .option('--ignore <column>', 'a column of a table that is no feature (repeatable)', collect)
    .option('--on-bad-image <policy>', 'skip (and say which) or error (default): images that cannot be decoded', policy)
    .option(
      '--encoder <name>',
      'what sees pictures or texts first, so that the method learns from features: a name of dclust list encoder, a file ending in .onnx, a folder of a downloaded model, or pixels (default)',
    )
    .option('--text <column>', 'column of a CSV file whose texts are clustered, by an encoder of texts')
    .option('--config <file>', 'settings in YAML or JSON; dclust init writes one, dclust schema says what it may hold')
    .option(
      '--k <n>',
      'number of clusters (default: the number of classes, if the data has labels; leiden finds it)',
      integer(2),
    )
    .option('--preset <name>', 'recipe to start from, by default the one for such rows; see dclust list preset')
    .option('--init <run>', 'start the backbone from that of an earlier run, such as sp2ot from bootsc')
    .option(
      '--start <pipeline>',
      'train this one first and start from its backbone; of leiden, kmeans, … learn the labels first',
    )
    .option('--epochs <n>', 'passes over the data', integer(1))
    .option('--batch-size <n>', 'rows per step', integer(2))
    .option('--lr <rate>', 'learning rate at the start', positive)
    .option('--seed <n>', 'seed of every random draw (repeatable; default: 0)', collectSeeds)
    .option('--seeds <n>', 'run the seeds 0 … n−1', integer(1, mostSeeds))
    .option('--set <path=value>', 'any value of config.resolved.json (repeatable)', collect, [])
    .option('--backend <names>', 'use this backend, or the first of several joined by commas', names)
    .option('--threads <n>', 'threads of the onnx backend (default: one per physical core)', integer(1, mostThreads))
}
