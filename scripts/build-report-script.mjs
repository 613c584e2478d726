// `node scripts/build-report-script.mjs [--check]`: bundles the script of the report's page and writes it, compressed, as base64
// into apps/cli/src/report/explore/script.ts. That file is committed, so that the report is the same from sources and from a
// package, and nothing is bundled when one is drawn. `--check` only tells whether the committed file is current.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = `${root}apps/cli/src/report/explore/script.ts`
const { outputFiles, metafile } = await build({
  entryPoints: [`${root}apps/cli/src/report/client/main.ts`],
  tsconfig: `${root}tsconfig.json`,
  bundle: true,
  write: false,
  minify: true,
  metafile: true,
  platform: 'browser',
  format: 'iife',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  legalComments: 'none',
  banner: {
    js: '/* With parts of Preact (MIT, © Jason Miller), of d3-zoom and others of D3, and kdbush (ISC, © Mike Bostock, © Mapbox). */',
  },
  logLevel: 'warning',
})
const script = outputFiles[0].text
if (process.argv.includes('--sizes'))
  for (const [name, { bytesInOutput }] of Object.entries(Object.values(metafile.outputs)[0].inputs))
    console.log(bytesInOutput, name)

if (process.argv[2] === '--check') {
  const committed = [...readFileSync(target, 'utf8').matchAll(/^ {2}'(.*?)'/gm)].map(([, line]) => line).join('')
  if (gunzipSync(Buffer.from(committed, 'base64')).toString() !== script) {
    console.error(
      `${target} is not what client/ and @dc/explore are bundled to; run: node scripts/build-report-script.mjs`,
    )
    process.exitCode = 1
  }
} else {
  const lines = gzipSync(script, { level: 9 })
    .toString('base64')
    .match(/.{1,110}/g)
  const text = [
    '// Generated from client/ by scripts/build-report-script.mjs; do not edit.',
    `export const zippedScript =\n${lines.map((line) => `  '${line}'`).join(' +\n')}`,
    '',
  ].join('\n')
  writeFileSync(target, text)
}
