// `npm run site [-- --base /name/] [--sample] [--serve]`: the site as static files in apps/docs/dist, with the playground, its links checked.
import { prepare, runTypeScript } from './workspace.mjs'

await prepare(['@dc/docs^...', '@dc/playground'])
await runTypeScript('apps/docs/src/build.ts', process.argv.slice(2))
