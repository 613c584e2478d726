import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpu, DataError, initBackend, tf } from '@dc/core'
import { checksum } from '@dc/core/cache'
import { decodeSafetensors, encodeSafetensors, type SafetensorsTensor } from '@dc/core/safetensors'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Checkpoint, loadCheckpoint, restoreVariables, saveCheckpoint } from './checkpoint'
import { fromHost, type HostTensor, toHost } from './host-tensor'

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
  step: 7,
  steps: 10,
  epochs: 2,
  epochSums: { loss: 0.1 + 0.2, accuracy: Number.NaN },
  history: [{ loss: 1 / 3, margin: Number.NEGATIVE_INFINITY }],
  variables: { w: weight },
  optimizer: { w: { dtype: 'int32', shape: [], values: Int32Array.of(7) } },
  pipeline: {},
  best: { w: { ...weight, values: Float32Array.of(2, 3) } },
  identity: { seed: 1, data: 'abc' },
  note: { seed: 1 },
}

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
    writeFileSync(join(folder, 'other'), encodeSafetensors(new Map()))
    await expect(loadCheckpoint(join(folder, 'other'))).rejects.toThrow(/no checkpoint of this trainer/)
  })

  describe('that are not what was written', () => {
    const path = join(folder, 'changed.safetensors')
    /** The example's file with something else in it, and checksums that fit if `signed`. */
    async function changed(
      change: (tensors: Map<string, SafetensorsTensor>, facts: Record<string, unknown>) => void,
      signed = true,
    ) {
      await saveCheckpoint(path, example)
      const { tensors, metadata } = decodeSafetensors(readFileSync(path), path)
      const facts = JSON.parse(metadata.get('checkpoint')!)
      const own = new Map(tensors)
      change(own, facts)
      const text = JSON.stringify(facts)
      const checksums = JSON.parse(metadata.get('checksums')!)
      if (signed) checksums.facts = checksum(text)
      const more = { ...Object.fromEntries(metadata), checkpoint: text, checksums: JSON.stringify(checksums) }
      writeFileSync(path, encodeSafetensors(own, more))
      return expect(loadCheckpoint(path)).rejects
    }
    const w = 'variables/w'
    const twice = ({ values, ...tensor }: SafetensorsTensor) => ({ ...tensor, values: Float32Array.of(1.5, 1.5) })

    it('are refused with the name of the tensor', async () => {
      await (await changed((tensors) => tensors.set(w, twice(tensors.get(w)!)))).toThrow(
        /changed.safetensors' is broken: tensor 'variables\/w' does not have its checksum/,
      )
      await (await changed((tensors) => tensors.set(w, { ...tensors.get(w)!, shape: [1, 2] }))).toThrow(
        /'variables\/w' does not have/,
      )
      await (await changed((tensors) => tensors.delete(w))).toThrow(/lacks tensor 'variables\/w'/)
      await (await changed((tensors) => tensors.set('variables/v', tensors.get(w)!))).toThrow(/'variables\/v' does not/)
    })

    it('are refused with the count that cannot be', async () => {
      await (await changed((_, facts) => (facts.step = 8), false)).toThrow(/counts and logs do not have their checksum/)
      const wrong: [string, unknown, RegExp][] = [
        ['step', -5, /step is -5/],
        ['step', 2.5, /step is 2.5/],
        ['step', '7', /step is '7'/],
        ['step', 11, /step is 11: expected at most steps/],
        ['step', 4, /history is .*: expected one entry for each epoch/],
        ['steps', 0, /steps is 0/],
        ['steps', 9, /steps is 9: expected a multiple of epochs/],
        ['epochs', 1e300, /epochs is 1e\+300/],
        ['history', [{ loss: null }], /history.0.loss is null/],
        ['epochSums', [], /epochSums is \[\]/],
        ['other', 1, /Unrecognized key: "other"/],
      ]
      for (const [name, value, message] of wrong)
        await (await changed((_, facts) => (facts[name] = value))).toThrow(message)
    })

    it('are refused wherever a bit is flipped', async () => {
      await saveCheckpoint(path, example)
      const whole = readFileSync(path)
      const bits = fc.sample(fc.nat(8 * whole.length - 1), { numRuns: 300, seed: 0 })
      for (const bit of bits) {
        const bytes = Buffer.from(whole)
        bytes[bit >> 3] ^= 1 << (bit & 7)
        writeFileSync(path, bytes)
        const error = await loadCheckpoint(path).then(
          () => `bit ${bit} of ${String.fromCharCode(whole[bit >> 3])}`,
          (reason) => reason,
        )
        expect(DataError.isInstance(error) || error).toBe(true)
      }
    })

    it('are refused if they are of another seed or other data', async () => {
      await saveCheckpoint(path, example)
      expect(await loadCheckpoint(path, { seed: 1, data: 'abc' })).toEqual(example)
      await expect(loadCheckpoint(path, { seed: 0, data: 'abc' })).rejects.toThrow(
        /changed.safetensors' is of another training: its seed is 1, not 0\./,
      )
      await expect(loadCheckpoint(path, { seed: 1, data: 'abd' })).rejects.toThrow(/its data is 'abc', not 'abd'/)
      await expect(loadCheckpoint(path, { k: 3 })).rejects.toThrow(/its k is not known, not 3/)
      const { identity, ...silent } = example
      await saveCheckpoint(path, silent)
      await expect(loadCheckpoint(path, { seed: 1 })).rejects.toThrow(DataError)
      expect(await loadCheckpoint(path)).toEqual(silent)
    })

    it('are refused if they are of an earlier version', async () => {
      writeFileSync(path, encodeSafetensors(new Map(), { format: 'dc-checkpoint-1', checkpoint: '{}' }))
      await expect(loadCheckpoint(path)).rejects.toThrow(/of another version \(dc-checkpoint-1;.*Start anew/)
    })
  })

  it('restore only the model they were made of', async () => {
    const variable = tf.variable(tf.zeros([2, 1]))
    restoreVariables({ w: variable }, { w: { ...weight, values: Float32Array.of(4, 5) } })
    expect([...(await variable.data())]).toEqual([4, 5])
    expect(() => restoreVariables({ v: variable }, { w: weight })).toThrow(/lacks \[v\] and has \[w\] too much/)
    expect(() => restoreVariables({ w: variable }, { w: { ...weight, shape: [1, 2] } })).toThrow(/expected \[2, 1\]/)
    const counts = { w: { ...weight, dtype: 'int32', values: Int32Array.of(1, 2) } } as const
    expect(() => restoreVariables({ w: variable }, counts)).toThrow(/'w' is int32; expected float32/)
    const second = tf.variable(tf.zeros([1]))
    expect(() => restoreVariables({ w: variable, v: second }, { w: weight, v: { ...weight, shape: [2] } })).toThrow(
      /'v' has shape \[2\]/,
    )
    expect([...(await variable.data())]).toEqual([4, 5])
    const odd = Object.fromEntries([['__proto__', weight]])
    expect(await toHost(fromHost(odd))).toEqual(odd)
    expect(await toHost(fromHost({ w: weight }))).toEqual({ w: weight })
  })
})
