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

/** Which backend is tried first: GPUs, then compiled code, then plain JavaScript. */
const preference = ['tensorflow-gpu', 'onnx-cuda', 'webgpu', 'onnx-webgpu', 'tensorflow', 'onnx', 'wasm', 'cpu']

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

/**
 * The backends that these pipelines can train on. Targets that are solved on the host are read in the middle of a step, which
 * tfjs's `webgpu` cannot do in Node; such a pipeline has the trait `readsInStep`.
 */
export function candidatesFor(pipelines: readonly string[], registry: Registry, threads?: number): Backend[] {
  const reading = pipelines.find((name) => registry.get('pipeline', name).traits?.readsInStep)
  const reason = `${reading} reads scores in the middle of a step, which this backend cannot do in Node; onnx-webgpu can`
  return backendCandidates(registry, threads).map((backend) =>
    reading !== undefined && backend.name === 'webgpu'
      ? { ...backend, available: async () => ({ ok: false, reason }) }
      : backend,
  )
}
