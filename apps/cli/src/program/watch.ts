import type { WatchFlags } from '../commands/watch'
import { integer } from '../config/flags'
import type { Register } from './door'

const examples = `
Examples
  dclust watch runs/mine        curves, sizes and a map while it trains; then its report
  dclust watch runs             all runs in a folder, with a page for each
  dclust run bootsc --watch     a run that is watched from its beginning

It is served on 127.0.0.1 alone, and only to who has the token of the address that is printed.
Exit codes: 0 (Ctrl-C), 1 (no run, or the port cannot be had), 2 (the command line is not understood)
`

export const register: Register = (root, { terminal, done }) => {
  root
    .command('watch')
    .description('show a run in a browser while it trains, or all runs in a folder')
    .argument('<folder>', 'the folder of a run, or a folder of runs')
    .option('--port <n>', 'port of the address (default: a free one)', integer(1, 65_535))
    .addHelpText('after', examples)
    .action(async (folder: string, flags: WatchFlags) => {
      const { watch } = await import('../commands/watch')
      done(await watch(folder, flags, terminal))
    })
}
