import { existsSync, readdirSync, renameSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

// Tests read every workspace package from its source, so that no build is needed to run them.
const alias = readdirSync(`${root}packages`)
  .filter((name) => existsSync(`${root}packages/${name}/src/index.ts`))
  .flatMap((name) => [
    { find: new RegExp(`^@dc/${name}$`), replacement: `${root}packages/${name}/src/index.ts` },
    { find: new RegExp(`^@dc/${name}/(.+)$`), replacement: `${root}packages/${name}/src/$1` },
  ])

// tfjs-core's gradients and chained ops exist only as ES modules without file extensions, which Node cannot load by
// itself. One bundle of them, as tsup makes it for the build, spares every test file some 300 modules.
const registrations = `${root}node_modules/.cache/tfjs-registrations.mjs`
const fresh = `${registrations}.${process.pid}`
const registering =
  /^@tensorflow\/tfjs-core\/dist\/(register_all_gradients|public\/chained_ops\/register_all_chained_ops)$/
buildSync({
  stdin: {
    contents: `import '@tensorflow/tfjs-core/dist/register_all_gradients'
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops'`,
    resolveDir: `${root}packages/core`,
  },
  outfile: fresh,
  bundle: true,
  format: 'esm',
  platform: 'node',
})
// At once, for another run may be reading it.
renameSync(fresh, registrations)

export default defineConfig({
  resolve: { alias: [...alias, { find: registering, replacement: registrations }] },
  test: {
    include: ['{packages,apps}/*/src/**/*.test.ts', '{tests,bench,examples}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'bench/.venv/**'],
    // Errors elsewhere are the type check's business.
    typecheck: { enabled: true, include: ['tests/**/*.test-d.ts'], ignoreSourceErrors: true },
    setupFiles: ['./scripts/seed-properties.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './scripts/closing-line-reporter.ts'],
  },
})
