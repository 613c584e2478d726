// `npm run bench -- NAME [--json] [--quick] [--save]`: side by side with peers, on the built packages.
import { prepare, runTypeScript } from './workspace.mjs'

await prepare(['@dc/bench^...'])
await runTypeScript('bench/main.ts', process.argv.slice(2))
