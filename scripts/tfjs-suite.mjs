// `npm run tfjs-suite -- [BACKEND] [TEXT]`: tfjs-core's own tests on a backend; lists the failures that contain TEXT.
import { checkNode, install, runTypeScript } from './workspace.mjs'

checkNode()
await install()
await runTypeScript('tests/tfjs-core-suite/main.ts', process.argv.slice(2))
