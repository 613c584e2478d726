// Compiles assembly/ to WebAssembly and writes it as base64 into src/kernels/binary.ts, which is committed, so that
// neither users nor tests need the compiler. `--check` only tells whether the committed file is current.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'kernels-'))
const out = join(folder, 'kernels.wasm')
try {
  const flags = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--enable', 'threads']
  const memory = ['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536']
  const asc = join(root, 'node_modules/assemblyscript/bin/asc.js')
  execFileSync(process.execPath, [asc, 'assembly/kernels.ts', ...flags, ...memory, '-o', out], {
    cwd: root,
    stdio: 'inherit',
  })
  const lines = readFileSync(out)
    .toString('base64')
    .match(/.{1,110}/g)
  const text = [
    '// Generated from assembly/ by scripts/build-kernels.mjs; do not edit.',
    `export const binary =\n${lines.map((line) => `  '${line}'`).join(' +\n')}`,
    '',
  ].join('\n')
  const target = join(root, 'src/kernels/binary.ts')
  if (!process.argv.includes('--check')) writeFileSync(target, text)
  else if (readFileSync(target, 'utf8') !== text) {
    console.error('src/kernels/binary.ts is not what assembly/ compiles to; run: node scripts/build-kernels.mjs')
    process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true })
}
