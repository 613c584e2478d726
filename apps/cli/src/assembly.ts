import { plugins as onnxFeatures } from '@dc/backbones/onnx'
import { plugins as transformers } from '@dc/backbones/transformers'
import { plugins as onnxBackends } from '@dc/backend-onnx'
import {
  type Backend,
  cpu,
  createRegistry,
  type PluginPack,
  type Registry,
  tensorflow,
  tensorflowGpu,
  wasm,
  webgpu,
} from '@dc/core'
import { plugins as datasets } from '@dc/data'
import { plugins as efficientnetLite0 } from '@dc/encoder-efficientnet-lite0'
import { plugins } from '@dc/pipelines'

/** Everything this app can put together, and the plugins given on the command line. */
export function assemble(more: readonly PluginPack[] = []): Registry {
  const backends = [tensorflowGpu, webgpu, tensorflow, wasm, cpu, onnxBackends]
  return createRegistry([...backends, datasets, plugins, onnxFeatures, efficientnetLite0, transformers, ...more])
}

/**
 * Which backend is tried first: GPUs, then compiled code, then plain JavaScript. Among GPUs comes first what a current card can
 * run: `tensorflow-gpu` needs CUDA 11, which cards since 2022 need workarounds for.
 */
const preference = ['onnx-cuda', 'webgpu', 'onnx-webgpu', 'tensorflow-gpu', 'tensorflow', 'onnx', 'wasm', 'cpu']

/**
 * All backends in order of preference. A backend that a `--plugin` brings comes first, because the user asked for it.
 *
 * @param threads for `onnx`, the only backend that can be told; by default one per physical core
 */
export function backendCandidates(registry: Registry, threads?: number): Backend[] {
  const rank = (name: string) => preference.indexOf(name)
  return registry
    .list({ kind: 'backend' })
    .sort((a, b) => rank(a.name) - rank(b.name))
    .map(({ name }) => registry.make('backend', name, name === 'onnx' ? { threads } : {}))
}
