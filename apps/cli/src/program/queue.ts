import type { QueueFlags } from '../commands/queue'
import type { Register } from './door'
import { fromEnvironment } from './environment'

const examples = `
Examples
  dclust queue --queue redis://host:6379                   jobs, workers, failures, time left
  dclust queue --queue redis://host:6379 --cancel          end all jobs that wait or run
  dclust queue --queue redis://host:6379 --cancel --every-version   those of other versions of dclust too
  DCLUST_QUEUE=redis://:password@host dclust queue --json
`

export const register: Register = (root, { terminal, done }) => {
  fromEnvironment(root.command('queue'))
    .description('show what a queue holds and who works for it')
    .requiredOption('--queue <address>', 'redis://[user:password@]host[:port][/database]; rediss:// for TLS')
    .option('--cancel', 'end all jobs that wait or run')
    .option('--every-version', 'with --cancel: jobs of other versions of dclust too, which only their workers could do')
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples)
    .action(async (flags: QueueFlags) => {
      const { queue } = await import('../commands/queue')
      done(await queue(flags, terminal))
    })
}
