import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeEpoch } from './epoch-lines'
import { RunFolder } from './folder'
import { marksOf, phaseTimes, readPhases, takePhases } from './phase-times'

it('marks where the learning rate restarts, and the epoch whose weights are kept', () => {
  const none = [1, 2, 3, 4].map(() => undefined)
  expect(marksOf([1, 0.5, 0.1, 0.6, 0.3, 0.05, 0.3], none)).toEqual([
    { epoch: 4, what: 'the learning rate restarts' },
    { epoch: 7, what: 'the learning rate restarts' },
  ])
  // A rate that only grows, or stays, has no restart.
  expect(marksOf([0.1, 0.2, 0.3, 0.4], none)).toEqual([])
  expect(marksOf([1, 1, 1], [0.5, 0.7, 0.6])).toEqual([{ epoch: 2, what: 'the weights that are kept' }])
  expect(marksOf([], [])).toEqual([])
})

it('knows how long each part before the first epoch took, of several sittings each once', async () => {
  const home = mkdtempSync(join(tmpdir(), 'dc-phases-'))
  try {
    const folder = await RunFolder.create(join(home, 'run'), {})
    let clock = 0
    const sitting = async (...parts: [phase: string, seconds: number][]) => {
      const times = phaseTimes(folder, 3, () => clock)
      for (const [phase, seconds] of parts) {
        times.onPhase!({ phase })
        clock += 1000 * seconds
      }
      await times.onTrainStart!({ progress: { step: 0, steps: 2, epoch: 0, epochs: 2 }, pipeline: null as never })
    }
    await sitting(['reconstruction', 2], ['reconstruction', 3], ['k-means', 1])
    await sitting(['k-means', 7], ['neighbours', 4])
    await writeEpoch(folder, { seed: 3, epoch: 1, seconds: 1, learningRate: 0.1, logs: { loss: 1, validation: 0.5 } })
    expect(await readPhases(folder)).toEqual({
      3: {
        before: [
          { phase: 'reconstruction', seconds: 5 },
          { phase: 'k-means', seconds: 1 },
          { phase: 'neighbours', seconds: 4 },
        ],
        marks: [{ epoch: 1, what: 'the weights that are kept' }],
      },
    })
    // A seed that was trained elsewhere, and one that was partly.
    const elsewhere = await RunFolder.create(join(home, 'elsewhere'), {})
    const there = {
      3: [
        { phase: 'k-means', seconds: 50 },
        { phase: 'graph', seconds: 2 },
      ],
      4: [{ phase: 'graph', seconds: 3 }],
    }
    await elsewhere.writeJson('phases.json', there)
    await takePhases(elsewhere.path, folder)
    await takePhases(join(home, 'nowhere'), folder)
    const taken = await readPhases(folder)
    expect(taken[3].before.map(({ phase, seconds }) => `${phase} ${seconds}`)).toEqual([
      'reconstruction 5',
      'k-means 1',
      'neighbours 4',
      'graph 2',
    ])
    expect(taken[4].before).toEqual(there[4])
    await elsewhere.close()
    await folder.close()
  } finally {
    rmSync(home, { recursive: true })
  }
})
