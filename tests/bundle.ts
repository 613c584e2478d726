import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/**
 * Bundles a program with our packages' sources, for a process or a thread of its own, so that all of it uses one
 * tfjs-core: the published ES modules have no file extensions, and Node cannot load them by itself.
 */
export async function bundleProgram(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // The ES modules of tfjs, not its prebuilt bundle: that would be a second tfjs-core.
    mainFields: ['module', 'main'],
    // tfjs-core's `sideEffects` would let esbuild drop every file of its tests.
    ignoreAnnotations: true,
    tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)),
    // The backend finds ONNX Runtime beside its own source.
    define: {
      'import.meta.url': JSON.stringify(new URL('../packages/backend-onnx/src/index.ts', import.meta.url).href),
    },
    external: ['webgpu'],
    logLevel: 'error',
  })
}
