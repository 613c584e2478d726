// `npm run parity -- --oracles DIR [--json]`: the built packages against reference answers.
import { prepare, runTypeScript } from './workspace.mjs'

await prepare(['@dc/tests^...'])
await runTypeScript('tests/parity/main.ts', process.argv.slice(2))
