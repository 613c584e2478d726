import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../../..', import.meta.url))

it("the report's script is what client/ is bundled to", () => {
  const check = ['scripts/build-report-script.mjs', '--check']
  expect(() => execFileSync(process.execPath, check, { cwd: root, stdio: 'pipe' })).not.toThrow()
})
