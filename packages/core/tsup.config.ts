import { packageBuild } from '../../tsup.shared.ts'

export default packageBuild(
  [
    'src/index.ts',
    'src/plugin.ts',
    'src/errors.ts',
    'src/points.ts',
    'src/random.ts',
    'src/text.ts',
    'src/cache.ts',
    'src/safetensors.ts',
    'src/testing.ts',
  ],
  {
    // tfjs-core's gradients and chained ops are published only as ES modules without file extensions, which Node
    // cannot load. They go into our bundle; they find the one engine and its registries through a global.
    noExternal: [/^@tensorflow\/tfjs-core\/dist\//],
  },
)
