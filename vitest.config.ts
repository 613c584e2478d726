import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

// Tests read every workspace package from its source, so that no build is needed to run them.
const alias = readdirSync(`${root}packages`)
  .filter((name) => existsSync(`${root}packages/${name}/src/index.ts`))
  .flatMap((name) => [
    { find: new RegExp(`^@dc/${name}$`), replacement: `${root}packages/${name}/src/index.ts` },
    { find: new RegExp(`^@dc/${name}/(.+)$`), replacement: `${root}packages/${name}/src/$1` },
  ])

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tests/**/*.test.ts', 'bench/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'bench/.venv/**'],
    // tfjs-core's gradients exist only as ES modules without file extensions, which Node cannot load by itself.
    server: { deps: { inline: [/@tensorflow\/tfjs-core/] } },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './scripts/closing-line-reporter.ts'],
  },
})
