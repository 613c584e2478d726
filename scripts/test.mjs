// `npm test [-- VITEST ARGUMENTS]`: everything, or the files named.
import { prepare, root, runNode } from './workspace.mjs'

await prepare()
await runNode([`${root}node_modules/vitest/vitest.mjs`, 'run', ...process.argv.slice(2)])
