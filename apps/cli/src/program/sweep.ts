import { Option } from 'commander'
import type { SweepFlags } from '../commands/sweep'
import { collect, integer } from '../config/flags'
import type { Register } from './door'
import { layered } from './environment'
import { pluginOption } from './plugin-option'
import { runOptions } from './run-options'

const examples = `
Examples
  dclust sweep bootsc --grid options.epsilon=0.05,0.1 --grid lr=0.01,0.04 --seeds 3 --out runs/sweep
  dclust sweep sp2ot --data features.npy --k 10 --grid k=8,10,12 --jobs 2 --out runs/k
  dclust sweep bootsc --grid 'options.backbone.options.widths=[[256],[1024,512]]' --out runs/widths --dry-run
  dclust sweep bootsc --grid lr=0.01,0.04 --seeds 8 --queue redis://host:6379 --out /shared/sweep

A grid is over k, preset, data, epochs, batch-size, lr, or any value of config.resolved.json. The same command again does only what
is not done: runs are known by their configuration, interrupted ones are gone on with. Each run has its folder and its log in --out.
Exit codes: 0, 1 (refused before anything is run, or a run failed; the others are run all the same), 2 (the command line is not
understood), 130 (Ctrl-C: the runs stop with their checkpoints), 143 (SIGTERM), 129 (SIGHUP)
`

export const register: Register = (root, { terminal, argv, done }) => {
  const command = runOptions(root.command('sweep'))
    .description('run a grid of settings × seeds in processes of their own, and compare')
    .argument('[pipeline]', 'such as bootsc; may stand in --config')
    .option(
      '--grid <path=values>',
      'a setting and its values, joined by commas or a list in JSON (repeatable)',
      collect,
      [],
    )
    .option('--jobs <n>', 'runs at a time', integer(1, 256), 1)
    .option('--queue <address>', 'let the workers of a queue do the runs; --out is a folder that all of them see')
    .requiredOption('--out <folder>', 'where the runs are written; that of an earlier sweep is gone on with')
    .addOption(
      new Option('--format <format>', 'how the table at the end is written')
        .choices(['table', 'markdown', 'csv', 'latex'])
        .default('table'),
    )
    .option('--json', 'print one JSON object instead of the table')
    .option('--dry-run', 'print what would be run, and do nothing')
    .addOption(pluginOption())
    .addHelpText('after', examples)
    .action(async (pipeline: string | undefined, given: SweepFlags) => {
      const { sweep } = await import('../commands/sweep')
      done(await sweep(pipeline, layered(given, command), terminal, argv))
    })
}
