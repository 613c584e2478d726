import type { Register } from './door'
import { pluginOption } from './plugin-option'

const examples = `
Examples
  dclust doctor
  dclust doctor --json          { chosen, backends: [{ name, works, about }], machine }

Exit codes: 0, 1 (no backend runs here), 2 (the command line is not understood)
`

export const register: Register = (root, { terminal, done }) => {
  root
    .command('doctor')
    .description('try every backend: what runs here, and why the others do not')
    .option('--json', 'print JSON')
    .addOption(pluginOption())
    .addHelpText('after', examples)
    .action(async (flags: { json?: boolean; plugin: string[] }) => {
      const { doctor } = await import('../commands/doctor')
      done(await doctor(flags, terminal))
    })
}
