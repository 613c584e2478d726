import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/**
 * Bundles tfjs-core's published tests with our packages' sources into one program, so that both use one tfjs-core.
 * The published files are ES modules without file extensions, which Node cannot load by itself.
 */
export async function bundleSuite(outfile: string): Promise<void> {
  await build({
    entryPoints: [path('bundled/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // The ES modules of tfjs, not its prebuilt bundle: that would be a second tfjs-core.
    mainFields: ['module', 'main'],
    // tfjs-core's `sideEffects` would let esbuild drop every test file.
    ignoreAnnotations: true,
    tsconfig: path('../../tsconfig.json'),
    // The backend finds ONNX Runtime beside its own source.
    define: {
      'import.meta.url': JSON.stringify(new URL('../../packages/backend-onnx/src/index.ts', import.meta.url).href),
    },
    external: ['webgpu'],
    logLevel: 'error',
  })
}
