import type { Register } from './door'
import { pluginOption } from './plugin-option'

export const register: Register = (root, { terminal, done }) => {
  root
    .command('report')
    .description('draw report.html of a finished run again')
    .argument('<run folder>')
    .addOption(pluginOption())
    .action(async (path: string, flags: { plugin: string[] }) => {
      const { report } = await import('../commands/report')
      done(await report(path, flags, terminal))
    })
}
