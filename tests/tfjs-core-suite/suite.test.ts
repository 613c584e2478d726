import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleSuite } from './bundle'
import { knownFailures } from './known-failures'
import { runSuite, summary } from './run'

const folder = mkdtempSync(join(tmpdir(), 'tfjs-core-suite-'))
const bundle = join(folder, 'suite.cjs')

describe("tfjs-core's own tests", () => {
  beforeAll(() => bundleSuite(bundle))
  afterAll(() => rmSync(folder, { recursive: true }))

  // cpu is the control: what it cannot pass would be the harness's fault.
  it.each(['cpu', 'onnx'])('pass on %s, but for those listed with a reason', { timeout: 600_000 }, async (backend) => {
    const result = await runSuite(bundle, backend, folder)
    console.log(summary(backend, result))
    const known = Object.keys(knownFailures[backend] ?? {})
    expect(result.total).toBeGreaterThan(4000)
    expect([...result.failures].filter(([name]) => !known.includes(name))).toEqual([])
    // The list is honest both ways: what passes again must leave it.
    expect(known.filter((name) => !result.failures.has(name))).toEqual([])
  })
})
