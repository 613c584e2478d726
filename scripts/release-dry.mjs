// `npm run release:dry`: what a release does, against a registry on this machine.
import { prepare, runTypeScript } from './workspace.mjs'

await prepare()
await runTypeScript('tests/packages/release-dry.ts', process.argv.slice(2))
