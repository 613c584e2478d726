// `node scripts/build-kernels.mjs packages/NAME [--check]`: compiles the package's assembly/ to WebAssembly, with the
// options of its asconfig.json, and writes it as base64 into src/kernels/binary.ts, which is committed, so that neither
// users nor tests need the compiler. `--check` only tells whether the committed file is current.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const [name, check] = process.argv.slice(2)
const root = resolve(name)
const folder = mkdtempSync(join(tmpdir(), 'kernels-'))
const out = join(folder, 'kernels.wasm')
try {
  const asc = join(root, 'node_modules/assemblyscript/bin/asc.js')
  const args = ['kernels.ts', '--config', 'asconfig.json', '-o', out]
  execFileSync(process.execPath, [asc, ...args], { cwd: join(root, 'assembly'), stdio: 'inherit' })
  const lines = readFileSync(out)
    .toString('base64')
    .match(/.{1,110}/g)
  const text = [
    '// Generated from assembly/ by scripts/build-kernels.mjs; do not edit.',
    `export const binary =\n${lines.map((line) => `  '${line}'`).join(' +\n')}`,
    '',
  ].join('\n')
  const target = join(root, 'src/kernels/binary.ts')
  if (check !== '--check') writeFileSync(target, text)
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(`${target} is not what assembly/ compiles to; run: node scripts/build-kernels.mjs ${name}`)
    process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true })
}
