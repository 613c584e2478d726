// `npm run example -- NAME`: one of examples/, on the built packages.
import { prepare, runTypeScript } from './workspace.mjs'

const [name = 'cluster-digits'] = process.argv.slice(2)
await prepare(['@dc/examples^...'])
await runTypeScript(`examples/${name.replace(/\.ts$/, '')}.ts`, [])
