import type { PredictFlags } from '../commands/predict'
import { names } from '../config/flags'
import type { Register } from './door'
import { pluginOption } from './plugin-option'

const examples = `
Examples
  dclust predict runs/mine new.npy                     the clusters of new rows by a finished run, as CSV
  dclust predict runs/mine more-photos/ --out new.csv  pictures are read as those of the run were
  dclust predict topics.dclust new.csv --json          a model file that a program has saved

The rows are read as those of the run: the same size of pictures, the same columns, the same scale.
Exit codes: 0, 1 (the model or the rows cannot be read), 2 (the command line is not understood)
`

export const register: Register = (root, { terminal, done }) => {
  root
    .command('predict')
    .description('label new rows by a finished run, or by a model file')
    .argument('<model>', 'the folder of a finished run, or a model file')
    .argument('<data>', 'rows, as --data of dclust run takes them')
    .option('--out <file>', 'write the CSV there instead of printing it')
    .option('--json', 'print one JSON object: { k, labels, names }')
    .option('--backend <names>', 'use this backend, or the first of several joined by commas', names)
    .addOption(pluginOption())
    .addHelpText('after', examples)
    .action(async (model: string, data: string, flags: PredictFlags) => {
      const { predict } = await import('../commands/predict')
      done(await predict(model, data, flags, terminal))
    })
}
