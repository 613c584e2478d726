import { expect, it } from 'vitest'
import { assemble, candidatesFor } from './assembly'

const registry = assemble()
const reasonOf = async (...pipelines: string[]) => {
  const answer = await candidatesFor(pipelines, registry)
    .find(({ name }) => name === 'webgpu')!
    .available()
  return answer.ok ? '' : answer.reason
}

it('passes over webgpu where a pipeline, or the one that it starts from, reads in the middle of a step', async () => {
  expect(await reasonOf('sp2ot')).toMatch(/^sp2ot reads scores/)
  expect(await reasonOf('bootsc', 'otdc')).toMatch(/^otdc reads scores/)
  expect(await reasonOf('bootsc')).not.toMatch(/reads scores/)
})
