// `npm run sizes [-- --write]`: how large each package is and may be; `--write` makes what is found, and a tenth, the budget.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pack } from './packed'
import { budgetFile, budgetFor, overBudget, type Size, sizeOf } from './sizes'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folders = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'apps/cli']
const into = mkdtempSync(join(tmpdir(), 'dc-sizes-'))
const packed = await pack(root, folders, into)
const found: Record<string, Size> = {}
for (const [at, folder] of folders.entries()) found[packed[at].manifest.name] = await sizeOf(root, folder, packed[at])
rmSync(into, { recursive: true })

if (process.argv.includes('--write')) {
  const budgets = Object.fromEntries(Object.entries(found).map(([name, size]) => [name, budgetFor(size)]))
  writeFileSync(budgetFile, `${JSON.stringify(budgets, null, 2)}\n`)
}
const budgets: Record<string, Size> = JSON.parse(readFileSync(budgetFile, 'utf8'))
const kB = (bytes: number) => (bytes / 1000).toFixed(1)
console.log('| package | tarball, kB | allowed | main entry minified, kB | allowed |\n| --- | --- | --- | --- | --- |')
for (const [name, size] of Object.entries(found)) {
  const most = budgets[name] ?? { tarball: Number.NaN, bundle: Number.NaN }
  console.log(`| ${name} | ${kB(size.tarball)} | ${kB(most.tarball)} | ${kB(size.bundle)} | ${kB(most.bundle)} |`)
}
const over = overBudget(found, budgets)
for (const line of over) console.error(line)
process.exitCode = over.length > 0 ? 1 : 0
