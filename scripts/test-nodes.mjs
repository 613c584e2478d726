// `npm run test:nodes [-- 22 24]`: the packages and a sample of the tests by other Nodes.
import { prepare, runTypeScript } from './workspace.mjs'

await prepare()
await runTypeScript('tests/packages/test-nodes.ts', process.argv.slice(2))
