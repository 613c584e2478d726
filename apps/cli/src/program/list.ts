import type { Register } from './door'
import { pluginOption } from './plugin-option'

export const register: Register = (root, { terminal, done }) => {
  root
    .command('list')
    .description('what can be called by name: pipelines, presets, datasets, backbones, losses, …')
    .argument('[kind]')
    .option('--json', 'print JSON')
    .addOption(pluginOption())
    .action(async (kind: string | undefined, flags: { json?: boolean; plugin: string[] }) => {
      const { list } = await import('../commands/list')
      done(await list(kind, flags, terminal))
    })
}
