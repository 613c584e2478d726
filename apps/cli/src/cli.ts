import { availableParallelism } from 'node:os'
import { DcError } from '@dc/core'
import { Command, CommanderError } from 'commander'
import { collect, collectSeeds, integer, names, policy, positive, type RunFlags } from './config/flags'
import { mostSeeds } from './config/run-config'
import { dclustVersion } from './run/environment'
import type { Terminal } from './terminal/output'
import { terminalLines } from './terminal/text'

const usageError = 2
/** More only wait for each other. */
const mostThreads = Math.max(64, availableParallelism())

/**
 * Runs the command line.
 *
 * @param argv arguments after `dclust`
 * @returns the exit code: 0, 1 for a run that failed, 2 for a command line that is not understood, 130 when interrupted
 */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0
  const done = (result: number) => {
    code = result
  }
  try {
    await program(terminal, argv, done).parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageError
    terminal.stderr.write(`dclust: ${terminalLines(explain(error))}\n`)
    return 1
  }
}

/** One message for mistakes of the user and failures of the system. The stack is shown only for errors of our own. */
function explain(error: unknown): string {
  if (DcError.isInstance(error)) return error.message
  const { code, message, stack } = error as NodeJS.ErrnoException
  return code !== undefined && message ? message : `unexpected error, please report it.\n${stack ?? String(error)}`
}

const examples = `
Examples
  dclust run bootsc                                        1,797 handwritten digits that ship with it
  dclust run bootsc --preset digits --seeds 6              six seeds, mean ± sd
  dclust run bootsc --data idx:fashion-mnist               a folder of IDX files
  dclust run bootsc --data embeddings.npy --k 20           no labels: silhouette and sizes
  dclust run bootsc --data iris.csv --labels species --set data.options.standardize=true
  dclust run bootsc --set options.epsilon=0.1 --set training.optimizer.options.momentum=0.5
  dclust run --out runs/mine --resume                      go on where Ctrl-C stopped it
  dclust list                                              everything that can be called by name
  dclust doctor                                            which backends run here, and why not
`

function program(terminal: Terminal, argv: readonly string[], done: (code: number) => void): Command {
  const { stdout, stderr } = terminal
  const root = new Command('dclust')
    .description('Deep clustering from the command line, with a report you can look at.')
    .version(dclustVersion())
    .addHelpText('after', examples)
    .showHelpAfterError('(dclust --help shows examples)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(terminalLines(text)) })

  const plugin = ['--plugin <name or path>', 'a package or file that exports plugins (repeatable)', collect] as const
  root
    .command('run')
    .description('train a pipeline, label the data, write a run folder with a report')
    .argument('[pipeline]', 'such as bootsc; see dclust list pipeline. A run that is gone on with knows its own')
    .option(
      '--data <data>',
      'a file (.csv, .npy, .npz, .parquet), a folder of images or IDX files, or a name from dclust list dataset, with :PATH if it reads one (default: optdigits)',
    )
    .option('--labels <where>', 'true labels, for scoring only: a CSV column, or a second .npy file')
    .option('--on-bad-image <policy>', 'skip (and say which) or error (default): images that cannot be decoded', policy)
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
    .option(...plugin, [])
    .addHelpText('after', examples)
    .action(async (pipeline: string | undefined, flags: RunFlags, command: Command) => {
      if (pipeline === undefined && !flags.resume) command.error("error: missing required argument 'pipeline'")
      const { run } = await import('./commands/run')
      done(await run(pipeline, flags, terminal, argv))
    })
  root
    .command('list')
    .description('what can be called by name: pipelines, presets, datasets, backbones, losses, …')
    .argument('[kind]')
    .option('--json', 'print JSON')
    .option(...plugin, [])
    .action(async (kind: string | undefined, flags: { json?: boolean; plugin: string[] }) => {
      const { list } = await import('./commands/list')
      done(await list(kind, flags, terminal))
    })
  root
    .command('doctor')
    .description('try every backend: what runs here, and why the others do not')
    .option('--json', 'print JSON')
    .option(...plugin, [])
    .action(async (flags: { json?: boolean; plugin: string[] }) => {
      const { doctor } = await import('./commands/doctor')
      done(await doctor(flags, terminal))
    })
  root
    .command('report')
    .description('draw report.html of a finished run again')
    .argument('<run folder>')
    .option(...plugin, [])
    .action(async (path: string, flags: { plugin: string[] }) => {
      const { report } = await import('./commands/report')
      done(await report(path, flags, terminal))
    })
  return root
}
