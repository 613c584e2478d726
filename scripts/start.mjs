// `npm start`: the main job on the data that ships with the project. More options: `npm start -- --help`.
import { prepare, root, runNode } from './workspace.mjs'

await prepare(['@dc/cli'])
const job = ['run', 'bootsc', '--data', 'optdigits', '--preset', 'digits']
await runNode([`${root}apps/cli/bin/dclust.js`, ...job, ...process.argv.slice(2)])
