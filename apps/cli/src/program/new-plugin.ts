import { Option } from 'commander'
import { pluginTemplates } from '../config/plugin-templates'
import type { Register } from './door'

const examples = `
A package of TypeScript: a plugin that works, a test that runs the conformance suite of its kind, what builds it, a readme.

Examples
  dclust new-plugin my-loss                                a loss
  dclust new-plugin my-method --kind pipeline              a method of one's own
  cd my-method && npm install && npm test
  dclust run my-method --plugin ./my-method --data embeddings.npy --k 20

Exit codes: 0, 1 (nothing was written; a line says why), 2 (the command line is not understood).
`

export const register: Register = (root, { terminal, done }) => {
  root
    .command('new-plugin')
    .description('write a package with a plugin to start from')
    .argument('<folder>', 'where to; new, or empty. Its name becomes that of the plugin')
    .addOption(new Option('--kind <kind>', 'what it makes').choices(pluginTemplates).default('loss'))
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples)
    .action(async (folder: string, flags: { kind: string; json?: boolean }) => {
      const { newPlugin } = await import('../commands/new-plugin')
      done(await newPlugin(folder, flags, terminal))
    })
}
