import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpu, initBackend, tf } from '@dc/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Checkpoint, fromHost, loadCheckpoint, restoreVariables, saveCheckpoint, toHost } from './checkpoint'
import { decodeSafetensors, encodeSafetensors, type HostTensor } from './safetensors'

const folder = mkdtempSync(join(tmpdir(), 'dc-checkpoint-'))
afterAll(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})
beforeAll(async () => {
  await initBackend([cpu.create({}, {})])
})

const weight: HostTensor = { dtype: 'float32', shape: [2, 1], values: Float32Array.of(1.5, Number.NaN) }
const example: Checkpoint = {
  step: 3,
  steps: 10,
  epochs: 2,
  epochSums: { loss: 0.1 + 0.2 },
  history: [{ loss: 1 / 3 }],
  variables: { w: weight },
  optimizer: { w: { dtype: 'int32', shape: [], values: Int32Array.of(7) } },
  pipeline: {},
  best: { w: { ...weight, values: Float32Array.of(2, 3) } },
  note: { seed: 1 },
}

describe('safetensors', () => {
  it('packs and unpacks, aligned to 8 bytes', () => {
    const tensors: Record<string, HostTensor> = {
      a: weight,
      b: { dtype: 'bool', shape: [3], values: Uint8Array.of(1, 0, 1) },
      c: { dtype: 'int32', shape: [2], values: Int32Array.of(-1, 2 ** 30) },
    }
    const bytes = encodeSafetensors(tensors, { note: 'é' })
    expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0)
    expect(decodeSafetensors(bytes, 'x')).toEqual({ tensors, metadata: { note: 'é' } })
    expect(() => decodeSafetensors(bytes.subarray(0, bytes.length - 1), 'x')).toThrow(/'c' of shape \[2\] does not fit/)
    expect(() => decodeSafetensors(Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0), 'x')).toThrow(/ends inside its header/)
  })
})

describe('checkpoints', () => {
  it('come back as they were, and leave nothing beside', async () => {
    const path = join(folder, 'run.safetensors')
    await saveCheckpoint(path, example)
    expect(await loadCheckpoint(path)).toEqual(example)
    expect(readdirSync(folder)).toEqual(['run.safetensors'])
  })

  it('say what is wrong, and leave the earlier file alone', async () => {
    const path = join(folder, 'kept.safetensors')
    await saveCheckpoint(path, example)
    const before = readFileSync(path)
    await expect(saveCheckpoint(join(folder, 'none', 'x'), example)).rejects.toThrow(/Cannot write checkpoint/)
    await expect(saveCheckpoint(folder, example)).rejects.toThrow(/An earlier checkpoint there is untouched/)
    expect(existsSync(`${folder}.part`)).toBe(false)
    expect(readFileSync(path)).toEqual(before)
    writeFileSync(join(folder, 'torn'), before.subarray(0, before.length / 2))
    await expect(loadCheckpoint(join(folder, 'torn'))).rejects.toThrow(/not a whole safetensors file/)
    await expect(loadCheckpoint(join(folder, 'absent'))).rejects.toThrow(/does not exist/)
    writeFileSync(join(folder, 'other'), encodeSafetensors({}))
    await expect(loadCheckpoint(join(folder, 'other'))).rejects.toThrow(/no checkpoint of this trainer/)
  })

  it('restore only the model they were made of', async () => {
    const variable = tf.variable(tf.zeros([2, 1]))
    restoreVariables({ w: variable }, { w: { ...weight, values: Float32Array.of(4, 5) } })
    expect([...(await variable.data())]).toEqual([4, 5])
    expect(() => restoreVariables({ v: variable }, { w: weight })).toThrow(/lacks \[v\] and has \[w\] too much/)
    expect(() => restoreVariables({ w: variable }, { w: { ...weight, shape: [1, 2] } })).toThrow(/expected \[2, 1\]/)
    expect(await toHost(fromHost({ w: weight }))).toEqual({ w: weight })
  })
})
