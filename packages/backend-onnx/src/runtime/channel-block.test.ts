import { expect, it } from 'vitest'
import { channelBlock } from './channel-block'

it('is what ONNX Runtime makes of four channels, or null', () => {
  expect([null, 8, 16]).toContain(channelBlock())
  // On the processors that most people have there are such kernels.
  if (process.arch === 'x64') expect(channelBlock()).not.toBeNull()
})
