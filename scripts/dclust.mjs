// `npm run dclust -- ...`: the command line of this checkout.
import { prepare, root, runNode } from './workspace.mjs'

await prepare(['@dc/cli'])
await runNode([`${root}apps/cli/bin/dclust.js`, ...process.argv.slice(2)])
