// `npm run tfjs-suite -- [BACKEND] [TEXT]`: lists the failures that contain TEXT.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleSuite } from './bundle.ts'
import { runSuite, summary } from './run.ts'

const [backend = 'onnx', text = ''] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'tfjs-core-suite-'))
try {
  const bundle = join(folder, 'suite.cjs')
  await bundleSuite(bundle)
  const result = await runSuite(bundle, backend, folder)
  for (const [name, failure] of result.failures)
    if (`${name} ${failure}`.includes(text)) console.log(`${name}\n    ${failure}`)
  console.log(summary(backend, result))
} finally {
  rmSync(folder, { recursive: true })
}
