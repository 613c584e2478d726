// `npm start`: the main job on the data that ships with the project. More options: `npm start -- --help`; another command: `npm start -- cluster my.npy`.
import { prepare, root, runNode } from './workspace.mjs'

await prepare(['@dc/cli'])
const job = ['run', 'bootsc', '--data', 'optdigits', '--preset', 'digits']
const given = process.argv.slice(2)
// `npm start -- cluster my.npy`: another command.
const isCommand = given.length > 0 && !given[0].startsWith('-')
await runNode([`${root}apps/cli/bin/dclust.js`, ...(isCommand ? given : [...job, ...given])])
