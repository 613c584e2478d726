import { availableParallelism } from 'node:os'
import { collect, collectSeeds, integer, names, policy, positive, type RunFlags } from '../config/flags'
import { mostSeeds } from '../config/most-seeds'
import type { Register } from './door'
import { fromEnvironment, layered } from './environment'
import { pluginOption } from './plugin-option'

/** More only wait for each other. */
const mostThreads = Math.max(64, availableParallelism())

const examples = `
Examples
  dclust run bootsc                                        1,797 handwritten digits that ship with it
  dclust run bootsc --preset digits --seeds 6              six seeds, mean ± sd
  dclust run bootsc --data idx:fashion-mnist               a folder of IDX files
  dclust run bootsc --data embeddings.npy --k 20           no labels: silhouette and sizes
  dclust run bootsc --data iris.csv --labels species --set data.options.standardize=true
  dclust run bootsc --set options.epsilon=0.1 --set training.optimizer.options.momentum=0.5
  dclust run --config mine.yaml --k 12 --dry-run           every value with its origin: flags, --set, DCLUST_K, file, preset
  dclust run --out runs/mine --resume                      go on where Ctrl-C stopped it
`

export const register: Register = (root, { terminal, argv, done }) => {
  const command = fromEnvironment(root.command('run'))
    .description('train a pipeline, label the data, write a run folder with a report')
    .argument('[pipeline]', 'such as bootsc; see dclust list pipeline. A run that is gone on with knows its own')
    .option(
      '--data <data>',
      'a file (.csv, .npy, .npz, .parquet), a folder of images or IDX files, or a name from dclust list dataset, with :PATH if it reads one (default: optdigits)',
    )
    .option('--labels <where>', 'true labels, for scoring only: a CSV column, or a second .npy file')
    .option('--on-bad-image <policy>', 'skip (and say which) or error (default): images that cannot be decoded', policy)
    .option('--config <file>', 'settings in YAML or JSON; dclust init writes one, dclust schema says what it may hold')
    .option('--k <n>', 'number of clusters (default: the number of classes, if the data has labels)', integer(2))
    .option('--preset <name>', 'recipe to start from, by default the one for such rows; see dclust list preset')
    .option('--init <run>', 'start the backbone from that of an earlier run, such as sp2ot from bootsc')
    .option('--epochs <n>', 'passes over the data', integer(1))
    .option('--batch-size <n>', 'rows per step', integer(2))
    .option('--lr <rate>', 'learning rate at the start', positive)
    .option('--seed <n>', 'seed of every random draw (repeatable; default: 0)', collectSeeds)
    .option('--seeds <n>', 'run the seeds 0 … n−1', integer(1, mostSeeds))
    .option('--set <path=value>', 'any value of config.resolved.json (repeatable)', collect, [])
    .option('--backend <names>', 'use this backend, or the first of several joined by commas', names)
    .option('--threads <n>', 'threads of the onnx backend (default: one per physical core)', integer(1, mostThreads))
    .option('--out <folder>', 'where the run is written (default: a new folder in runs/)')
    .option('--resume', 'go on with the run in --out')
    .option('--json', 'print one JSON object instead of the table')
    .option('--dry-run', 'print the resolved configuration, and do nothing')
    .addOption(pluginOption())
    .addHelpText('after', examples)
    .action(async (pipeline: string | undefined, given: RunFlags) => {
      if (pipeline === undefined && !given.resume && given.config === undefined)
        command.error("error: missing required argument 'pipeline'")
      const flags = layered(given, command)
      const { run } = await import('../commands/run')
      done(await run(pipeline, flags, terminal, argv))
    })
}
