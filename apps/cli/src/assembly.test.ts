import { expect, it } from 'vitest'
import { assemble, backendCandidates } from './assembly'

it('tries first what a current machine can run: GPUs, then compiled code, then plain JavaScript', () => {
  expect(backendCandidates(assemble()).map(({ name }) => name)).toEqual([
    ...['onnx-cuda', 'webgpu', 'onnx-webgpu', 'tensorflow-gpu', 'tensorflow', 'onnx', 'wasm', 'cpu'],
  ])
})
