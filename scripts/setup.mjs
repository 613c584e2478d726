// `npm run setup`: checks Node and installs what is missing.
import { checkNode, install } from './workspace.mjs'

checkNode()
await install()
