import { withoutSecrets } from '@dc/distributed/secrets'
import { Command, CommanderError } from 'commander'
import { register as cluster } from './program/cluster'
import { register as compare } from './program/compare'
import { register as complete } from './program/complete'
import { register as doctor } from './program/doctor'
import type { Door, Register } from './program/door'
import { register as evaluate } from './program/eval'
import { register as extract } from './program/extract'
import { register as init } from './program/init'
import { register as list } from './program/list'
import { register as newPlugin } from './program/new-plugin'
import { register as predict } from './program/predict'
import { register as queue } from './program/queue'
import { register as report } from './program/report'
import { register as run } from './program/run'
import { register as schema } from './program/schema'
import { register as shards } from './program/shards'
import { register as sweep } from './program/sweep'
import { register as watch } from './program/watch'
import { register as worker } from './program/worker'
import { dclustVersion } from './run/environment'
import type { Terminal } from './terminal/output'

/** In the order of the help. */
const commands: readonly Register[] = [
  cluster,
  run,
  predict,
  watch,
  sweep,
  worker,
  queue,
  evaluate,
  compare,
  extract,
  shards,
  init,
  schema,
  list,
  doctor,
  report,
  newPlugin,
  complete,
]

const usageError = 2

/**
 * Runs the command line.
 *
 * @param argv arguments after `dclust`
 * @returns the exit code: 0, 1 for a run that failed, 2 for a command line that is not understood, 130 when interrupted
 */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0
  // What commander says of a command line that it does not understand.
  let complaint = ''
  const door: Door = {
    terminal,
    // They are written down.
    argv: argv.map(withoutSecrets),
    done: (result) => {
      code = result
    },
  }
  try {
    const root = program(terminal, (text) => {
      complaint += text
    })
    for (const register of commands) register(root, door)
    await root.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      // Imported only here: what these need takes longer to load than help takes to print.
      const { terminalLines } = await import('./terminal/text')
      // A word of the command line is hidden whole, whatever signs it has.
      for (const word of argv)
        if (withoutSecrets(word) !== word) complaint = complaint.replaceAll(word, withoutSecrets(word))
      terminal.stderr.write(terminalLines(withoutSecrets(complaint)))
      return error.exitCode === 0 ? 0 : usageError
    }
    const { explain } = await import('./terminal/explain')
    terminal.stderr.write(explain(error, ['cluster', 'run', 'sweep'].includes(argv[0])))
    return 1
  }
}

const examples = `
Examples
  dclust cluster embeddings.npy                            your own rows: picks a method and a number of clusters
  dclust run bootsc --preset digits                        1,797 handwritten digits that ship with it
  dclust run bootsc --data embeddings.npy --k 20           no labels: silhouette and sizes
  dclust sweep bootsc --grid lr=0.01,0.04 --seeds 3 --out runs/sweep
  dclust compare runs                                      all runs in a folder, side by side
  dclust run --help                                        every command has examples of its own
  dclust list                                              everything that can be called by name
  dclust doctor                                            which backends run here, and why not
`

function program({ stdout }: Terminal, complain: (text: string) => void): Command {
  return new Command('dclust')
    .description('Deep clustering from the command line, with a report you can look at.')
    .version(dclustVersion())
    .addHelpText('after', examples)
    .showHelpAfterError('(dclust --help shows examples)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: complain })
}
