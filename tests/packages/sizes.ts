// How large packages are: packed as npm has them, and their main entry bundled and minified without what they depend on.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Packed } from './packed'

/** Bytes. */
export interface Size {
  /** Of the tarball. */
  readonly tarball: number
  /** Of the main entry with all of the package that it imports, minified; dependencies are not in it. */
  readonly bundle: number
}

/** Where the most that each package may have is written. */
export const budgetFile = fileURLToPath(new URL('./sizes.json', import.meta.url))

/** The size of a package whose `dist` is built. */
export async function sizeOf(root: string, folder: string, { tarball }: Pick<Packed, 'tarball'>): Promise<Size> {
  const { outputFiles } = await build({
    entryPoints: [join(root, folder, 'dist/index.js')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    splitting: false,
    logLevel: 'silent',
  })
  return {
    tarball: statSync(tarball).size,
    bundle: outputFiles.reduce((sum, { contents }) => sum + contents.length, 0),
  }
}

/** What is larger than it may be: `@dc/core: its tarball has 500 kB, 440 kB are allowed`. */
export function overBudget(found: Readonly<Record<string, Size>>, budgets: Readonly<Record<string, Size>>): string[] {
  const text = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  return Object.entries(found).flatMap(([name, size]) => {
    if (!budgets[name]) return [`${name}: no budget; write it by npm run sizes -- --write`]
    return (['tarball', 'bundle'] as const).flatMap((what) =>
      size[what] > budgets[name][what]
        ? [
            `${name}: its ${what} has ${text(size[what])}, ${text(budgets[name][what])} are allowed (tests/packages/sizes.json)`,
          ]
        : [],
    )
  })
}

/** A budget for what was found: a tenth more, in whole kB. */
export const budgetFor = ({ tarball, bundle }: Size): Size => ({
  tarball: Math.ceil(tarball / 900) * 1000,
  bundle: Math.ceil(bundle / 900) * 1000,
})
