import { rmSync } from 'node:fs'
import { packageBuild } from '../../tsup.shared.ts'

rmSync('dist', { recursive: true, force: true })

// Apart: seen together, TypeScript writes the types of `@dc/core/plugin` as those of `@dc/core`, which needs TensorFlow.js. Neither
// cleans, for it would take the other's files.
export default [
  packageBuild(['src/index.ts', 'src/rows.ts', 'src/views.ts'], { clean: false }),
  packageBuild(['src/encoded.ts'], { clean: false }),
]
