import { availableParallelism } from 'node:os'
import { InvalidArgumentError } from 'commander'
import type { ClusterFlags } from '../commands/cluster'
import { collect, collectSeeds, integer, names } from '../config/flags'
import type { Register } from './door'
import { pluginOption } from './plugin-option'

const examples = `
Examples
  dclust cluster embeddings.npy --k 20            the clusters of rows, and a report
  dclust cluster reviews.parquet                  proposes a number of clusters, and says so
  dclust cluster reviews.parquet --method leiden  a method that finds the number itself
  dclust cluster iris.csv --labels species        true labels count the clusters, and score them
  dclust cluster shops.csv --id shop --ignore city  columns that are no features
  dclust cluster photos/ --k 12                   a folder of pictures; what cannot be decoded is listed, and left out
  dclust cluster photos/ --k 12 --copy-to sorted/ sorts them into a folder for each cluster
  dclust cluster reviews.csv --text comment       texts, by a sentence model; needs npm i --ignore-scripts @huggingface/transformers
  dclust cluster photos/ --encoder dinov2.onnx    features of your own model; --encoder pixels learns from the pixels
  dclust cluster photos/ --corrections corrections.json --init runs/mine   again, by what was corrected in its report
  dclust cluster --out runs/mine --resume         go on where Ctrl-C stopped it

It says what it read, which method it picks and why. dclust run has every setting.
Exit codes: 0, 1 (the data cannot be read, or the run failed), 2 (the command line is not understood), 130 (Ctrl-C)
`

/** The number of clusters, or auto. */
function clusters(text: string): number | 'auto' {
  if (text === 'auto') return text
  try {
    return integer(2)(text)
  } catch {
    throw new InvalidArgumentError('Allowed: an integer ≥ 2, or auto.')
  }
}

export const register: Register = (root, { terminal, argv, done }) => {
  const command = root.command('cluster')
  command
    .description('the front door: reads the data, picks a method, clusters, writes a run folder with a report')
    .argument(
      '[data]',
      'a file (.csv, .npy, .npz, .parquet), a folder of pictures, IDX files or shards, or a name of dclust list dataset. A run that is gone on with knows its own',
    )
    .option(
      '--k <n>',
      'number of clusters, or auto (default: the number of classes if there are labels, else auto; leiden finds it)',
      clusters,
    )
    .option('--labels <where>', 'true labels, for counting and scoring: a CSV column, or a second .npy file')
    .option('--id <column>', 'a column of a table that names its rows')
    .option('--ignore <column>', 'a column of a table that is no feature (repeatable)', collect)
    .option(
      '--encoder <name>',
      'what sees pictures or texts first: a name of dclust list encoder, a file ending in .onnx, a folder of a downloaded model, owner/model, or pixels for none (default: efficientnet-lite0 for photos, all-minilm-l6-v2 for texts)',
    )
    .option('--text <column>', 'column of a CSV file whose texts are clustered')
    .option('--set <path=value>', 'any value of config.resolved.json (repeatable)', collect, [])
    .option('--method <name>', 'this pipeline instead of the one that is picked; see dclust list pipeline')
    .option(
      '--corrections <file>',
      'corrections.json of a report, of the run that --init names: merges and names hold exactly, the rest steers the fit',
    )
    .option('--init <run>', 'the run that the corrections are of')
    .option('--seed <n>', 'seed of every random draw (repeatable; default: 0)', collectSeeds)
    .option('--backend <names>', 'use this backend, or the first of several joined by commas', names)
    .option('--threads <n>', 'threads of the onnx backend', integer(1, Math.max(64, availableParallelism())))
    .option('--out <folder>', 'where the run is written (default: a new folder in runs/)')
    .option('--resume', 'go on with the run in --out')
    .option('--copy-to <folder>', 'copy the pictures into a folder for each cluster')
    .option('--link-to <folder>', 'the same with links')
    .option('--watch', 'show the run in a browser on this machine while it trains; its address is printed')
    .option('--json', 'print one JSON object instead of the table')
    .option('--dry-run', 'say what would be done, and print the configuration')
    .addOption(pluginOption())
    .addHelpText('after', examples)
    .action(async (data: string | undefined, flags: ClusterFlags) => {
      if (data === undefined && !flags.resume) command.error("error: missing required argument 'data'")
      const { cluster } = await import('../commands/cluster')
      done(await cluster(data, flags, terminal, argv))
    })
}
