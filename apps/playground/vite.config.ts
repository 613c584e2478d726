import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

// The packages are read from their sources, so that the page needs no other build.
const alias = readdirSync(`${root}packages`)
  .filter((name) => existsSync(`${root}packages/${name}/src/index.ts`))
  .flatMap((name) => [
    { find: new RegExp(`^@dc/${name}$`), replacement: `${root}packages/${name}/src/index.ts` },
    { find: new RegExp(`^@dc/${name}/(?!assets|weights)(.+)$`), replacement: `${root}packages/${name}/src/$1` },
  ])

// With these a page may have threads.
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }

export default defineConfig({
  // Under whatever address the page is put.
  base: './',
  resolve: { alias },
  server: { headers },
  preview: { headers },
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  worker: { format: 'es' },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 4000 },
})
