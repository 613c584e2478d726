import { Option } from 'commander'
import type { Format } from '../compare/formats'
import type { Register } from './door'

const examples = `
Examples
  dclust compare runs/a runs/b                    mean ± sd of each score over the seeds, and the settings that differ
  dclust compare runs --format markdown           all runs in a folder
  dclust compare runs/* --format latex > table.tex
  dclust compare runs --json                      { settings, runs: [{ run, settings, scores: { acc: { mean, sd, n } }, seeds }], unfinished }

Runs that are not finished are told on stderr and left out. Exit codes: 0, 1 (no run, none finished, a file that cannot be read),
2 (the command line is not understood)
`

export const register: Register = (root, { terminal, done }) => {
  root
    .command('compare')
    .description('put finished runs side by side')
    .argument('<runs...>', 'run folders, or folders of run folders')
    .addOption(
      new Option('--format <format>', 'how the table is written')
        .choices(['table', 'markdown', 'csv', 'latex'])
        .default('table'),
    )
    .option('--json', 'print one JSON object instead of the table')
    .addHelpText('after', examples)
    .action(async (runs: string[], flags: { format: Format; json?: boolean }) => {
      const { compare } = await import('../commands/compare')
      done(await compare(runs, flags, terminal))
    })
}
