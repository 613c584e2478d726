import type { Register } from './door'
import { pluginOption } from './plugin-option'

const examples = `
Examples
  dclust init                                    writes dclust.yaml, with every setting and what it may be
  dclust init digits.yaml --preset digits        as a preset has it
  dclust init --pipeline sp2ot -                 on stdout
  dclust run --config dclust.yaml --dry-run      what would run, every value with its origin

Exit codes: 0, 1 (a file of this name exists or cannot be written, no such pipeline), 2 (the command line is not understood)
`

export const register: Register = (root, { terminal, done }) => {
  root
    .command('init')
    .description('write a configuration file with comments')
    .argument('[file]', 'where; - is stdout', 'dclust.yaml')
    .option('--pipeline <name>', 'see dclust list pipeline', 'bootsc')
    .option('--preset <name>', 'see dclust list preset')
    .addOption(pluginOption())
    .addHelpText('after', examples)
    .action(async (path: string, flags: { pipeline: string; preset?: string; plugin: string[] }) => {
      const { init } = await import('../commands/init')
      done(await init(path, flags, terminal))
    })
}
