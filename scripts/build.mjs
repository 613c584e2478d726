// `npm run build [-- PACKAGE...]`: every package, or the ones named and what they depend on.
import { prepare } from './workspace.mjs'

await prepare(process.argv.slice(2))
