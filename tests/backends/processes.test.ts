import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { bundleProgram } from '../bundle'

const folder = mkdtempSync(join(tmpdir(), 'backend-programs-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs `programs/NAME.ts` in a process of its own and reads the JSON that it prints last. */
async function run<T>(name: string, ...flags: string[]): Promise<T> {
  const bundle = join(folder, `${name}.cjs`)
  await bundleProgram(fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url)), bundle)
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, bundle])
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!)
}

describe('backend onnx', () => {
  it('holds memory flat over ten thousand steps', { timeout: 300_000 }, async () => {
    const { memory, loss } = await run<{ memory: number[]; loss: number }>('ten-thousand-steps', '--expose-gc')
    expect(loss).toBeLessThan(1e-2)
    const [warm, ...later] = memory.slice(2)
    expect(Math.max(...later) / warm).toBeLessThan(1.05)
  })

  it('trains on several threads at once, all to the same losses', { timeout: 300_000 }, async () => {
    const [first, ...others] = await run<number[][]>('threads')
    expect(first).toHaveLength(8)
    expect(first[7]).toBeLessThan(first[0])
    for (const losses of others) expect(losses).toEqual(first)
  })
})
