import type { Register } from './door'
import { pluginOption } from './plugin-option'

const examples = `
Examples
  dclust list                           everything that can be called by name
  dclust list dataset                   one kind
  dclust list pipeline bootsc           its options and those of its parts, with defaults and ranges
  dclust list assigner sp2ot --json     { kind, name, description, options: [{ path, allowed, default, required, description }] }
  dclust list preset digits             the recipe of that name, for each pipeline that has one

Exit codes: 0, 1 (no such kind or name), 2 (the command line is not understood)
`

export const register: Register = (root, { terminal, done }) => {
  root
    .command('list')
    .description('what can be called by name: pipelines, presets, datasets, backbones, losses, …; the options of one')
    .argument('[kind]', 'pipeline, preset, dataset, backbone, loss, …')
    .argument('[name]', 'one of that kind, whose options are shown')
    .option('--json', 'print JSON')
    .addOption(pluginOption())
    .addHelpText('after', examples)
    .action(async (kind: string | undefined, name: string | undefined, flags: { json?: boolean; plugin: string[] }) => {
      const { list } = await import('../commands/list')
      done(await list(kind, name, flags, terminal))
    })
}
