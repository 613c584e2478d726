import { rmSync } from 'node:fs'
import { packageBuild } from '../../tsup.shared.ts'

rmSync('dist', { recursive: true, force: true })

// Apart: seen together, TypeScript writes the types of `@dc/core/plugin` as those of `@dc/core`, which needs TensorFlow.js. Neither
// cleans, for it would take the other's files.
const more = { clean: false, external: ['#csv-parse'] }
export default [
  packageBuild(['src/index.ts', 'src/rows.ts', 'src/views.ts', 'src/formats.ts'], more),
  packageBuild(['src/encoded.ts'], more),
]
