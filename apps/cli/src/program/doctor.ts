import type { Register } from './door'
import { pluginOption } from './plugin-option'

export const register: Register = (root, { terminal, done }) => {
  root
    .command('doctor')
    .description('try every backend: what runs here, and why the others do not')
    .option('--json', 'print JSON')
    .addOption(pluginOption())
    .action(async (flags: { json?: boolean; plugin: string[] }) => {
      const { doctor } = await import('../commands/doctor')
      done(await doctor(flags, terminal))
    })
}
