import type { ReportFlags } from '../commands/report'
import type { Register } from './door'
import { pluginOption } from './plugin-option'

const examples = `
Examples
  dclust report runs/mine
  dclust report runs/photos --copy-to sorted/       the pictures too, in a folder for each cluster
  dclust report runs/mine --charts charts/          every chart as SVG and PNG

Exit codes: 0, 1 (no finished run, files that cannot be read or written), 2 (the command line is not understood)
`

export const register: Register = (root, { terminal, done }) => {
  root
    .command('report')
    .description('draw report.html of a finished run again')
    .argument('<run folder>')
    .option('--copy-to <folder>', 'copy the pictures of a folder into a folder for each cluster')
    .option('--link-to <folder>', 'the same with links')
    .option('--charts <folder>', 'write every chart there too, as SVG and as PNG')
    .option('--json', 'print { report, charts, sorted } instead of the path')
    .addOption(pluginOption())
    .addHelpText('after', examples)
    .action(async (path: string, flags: ReportFlags) => {
      const { report } = await import('../commands/report')
      done(await report(path, flags, terminal))
    })
}
