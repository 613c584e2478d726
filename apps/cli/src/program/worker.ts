import { availableParallelism } from 'node:os'
import type { WorkerFlags } from '../commands/worker'
import { collect, integer, names } from '../config/flags'
import type { Register } from './door'
import { fromEnvironment } from './environment'
import { pluginOption } from './plugin-option'

const examples = `
Examples
  dclust worker --queue redis://host:6379                  one job at a time
  DCLUST_QUEUE=redis://:password@host dclust worker        so that the password is in no list of processes
  dclust worker --queue redis://host --concurrency 4 --threads 2

All machines have the same version of dclust, and the same paths lead to the same files. A worker that is asked to stop (Ctrl-C, SIGTERM)
gives its jobs back with their checkpoints; those of one that dies go to others when its lease is over. Needs: npm install bullmq ioredis
Exit codes: 1 (the queue cannot be used; the disk is full), 2 (the command line is not understood), 130 (Ctrl-C), 143 (SIGTERM)
`

export const register: Register = (root, { terminal, done }) => {
  fromEnvironment(root.command('worker'))
    .description('do the jobs of a queue, on this machine')
    .requiredOption('--queue <address>', 'redis://[user:password@]host[:port][/database]; rediss:// for TLS')
    .option('--concurrency <n>', 'jobs at a time', integer(1, 256), 1)
    .option('--lease <seconds>', 'silence after which its jobs go to others', integer(1, 3600), 30)
    .option('--backend <names>', 'use this backend, or the first of several joined by commas', names)
    .option(
      '--threads <n>',
      'threads of the onnx backend, for each job',
      integer(1, Math.max(64, availableParallelism())),
    )
    .option(
      '--within <folder>',
      'refuse jobs that read or write outside of this folder (repeatable; default: anywhere)',
      collect,
      [],
    )
    .addOption(pluginOption())
    .addHelpText('after', examples)
    .action(async (flags: WorkerFlags) => {
      const { worker } = await import('../commands/worker')
      done(await worker(flags, terminal))
    })
}
