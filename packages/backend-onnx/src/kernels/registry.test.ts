import { readFileSync } from 'node:fs'
import '@tensorflow/tfjs-backend-cpu'
import { tf } from '@dc/core'
import { describe, expect, it } from 'vitest'
import { complexKernels } from './complex'
import { cpuKernelNames, graphKernels } from './registry'

const features = readFileSync(new URL('../../FEATURES.md', import.meta.url), 'utf8')

/** The names in backticks under a heading, and the number in the heading. */
function listed(heading: string): { count: number; names: string[] } {
  const section = features.split('\n## ').find((part) => part.startsWith(heading)) ?? ''
  const [title, ...body] = section.split('\n')
  return {
    count: Number(title.match(/\((\d+)\)/)?.[1]),
    names: [...body.join(' ').matchAll(/`(\w+)`/g)].map((m) => m[1]),
  }
}

describe('the registry', () => {
  const inGraph = [...graphKernels, ...complexKernels].map(({ name }) => name).sort()
  const onCpu = [...cpuKernelNames].sort()

  it("has every kernel of tfjs's cpu backend, once", () => {
    const all = [...inGraph, ...onCpu]
    expect(new Set(all).size).toBe(all.length)
    const names = tf.getKernelsForBackend('cpu').map(({ kernelName }) => kernelName)
    expect(names.filter((name) => !all.includes(name))).toEqual([])
  })

  it('is what FEATURES.md says', () => {
    expect(listed('Kernels in the graph')).toEqual({ count: inGraph.length, names: inGraph })
    expect(listed('Kernels on the CPU')).toEqual({ count: onCpu.length, names: onCpu })
  })
})
