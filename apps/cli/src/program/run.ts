import type { RunFlags } from '../config/flags'
import type { Register } from './door'
import { layered } from './environment'
import { pluginOption } from './plugin-option'
import { runOptions } from './run-options'

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

Exit codes: 0, 1 (refused, or failed; one line says why), 2 (the command line is not understood), 130 (Ctrl-C), 143 (SIGTERM),
129 (SIGHUP)
`

export const register: Register = (root, { terminal, argv, done }) => {
  const command = runOptions(root.command('run'))
    .description('train a pipeline, label the data, write a run folder with a report')
    .argument('[pipeline]', 'such as bootsc; see dclust list pipeline. A run that is gone on with knows its own')
    .option('--out <folder>', 'where the run is written (default: a new folder in runs/)')
    .option('--resume', 'go on with the run in --out')
    .option(
      '--corrections <file>',
      'corrections.json of a report, of the run that --init names: merges and names hold exactly, the rest steers the fit',
    )
    .option('--queue <address>', 'let the workers of a queue train the seeds; --out is a folder that all of them see')
    .option('--copy-to <folder>', 'copy the pictures of a folder into a folder for each cluster')
    .option('--link-to <folder>', 'the same with links')
    .option('--watch', 'show the run in a browser on this machine while it trains; its address is printed')
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
