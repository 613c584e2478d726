import { Option } from 'commander'
import type { EvalFlags } from '../commands/eval'
import type { Register } from './door'
import { pluginOption } from './plugin-option'

const examples = `
Examples
  dclust eval runs/mine truth.csv                        a run's labels against a column of classes
  dclust eval runs/mine runs/mine                        against the classes that the run knew
  dclust eval found.npy truth.npy --json                 { rows, matchedBy, leftOut, classes, clusters, scores, … }
  dclust eval runs/mine shards:features/                 against the classes of a folder of shards
  dclust eval a.csv b.csv --column cluster --truth-column species --id photo --truth-id photo

Rows are matched by their names where both files have them (a column of --id, or name, id, file, path), else by their order.
Rows of unknown class (empty, NaN, −1) are left out. Exit codes: 0, 1 (files that cannot be read or do not fit each other), 2 (the
command line is not understood)
`

export const register: Register = (root, { terminal, done }) => {
  root
    .command('eval')
    .description('score labels against true classes')
    .argument('<labels>', 'a .csv or .npy file, a run folder, or the folder of dclust shards kmeans')
    .argument('<truth>', 'the same, of true classes: numbers or words; or a folder of shards that have classes')
    .option('--column <name>', 'column of the labels, by name or number (default: label, cluster, …)')
    .option('--truth-column <name>', 'column of the classes (default: class, truth, label, …)')
    .option('--id <name>', 'column of LABELS that names the rows (default: name, id, file, path)')
    .option('--truth-id <name>', 'column of TRUTH that names the rows')
    .addOption(
      new Option('--noise <what>', 'what rows in no cluster (−1 or empty) are: one cluster, each its own, left out')
        .choices(['cluster', 'singletons', 'drop'])
        .default('cluster'),
    )
    .option('--json', 'print one JSON object instead of the table')
    .addOption(pluginOption())
    .addHelpText('after', examples)
    .action(async (labels: string, truth: string, flags: EvalFlags) => {
      const { evaluate } = await import('../commands/eval')
      done(await evaluate(labels, truth, flags, terminal))
    })
}
