import { defineConfig, type Options } from 'tsup'

/** The one build of every package: ES modules, types, source maps. */
export function packageBuild(entry: Options['entry'], more: Options = {}) {
  return defineConfig({
    entry,
    format: ['esm'],
    platform: 'node',
    target: 'node20',
    dts: true,
    sourcemap: true,
    clean: true,
    treeshake: true,
    ...more,
  })
}
