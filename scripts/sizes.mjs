// `npm run sizes [-- --write]`: how large each package is, and may be.
import { prepare, runTypeScript } from './workspace.mjs'

await prepare()
await runTypeScript('tests/packages/print-sizes.ts', process.argv.slice(2))
