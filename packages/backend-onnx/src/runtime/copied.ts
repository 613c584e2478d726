import { BackendError } from '@dc/core/errors'
import type { Feeds, NativeSession, NativeTensor } from './native'

/**
 * Runs a session in the way that every version of onnxruntime-node supports: ONNX Runtime allocates the results, and those
 * with given arrays are copied into these.
 *
 * @throws BackendError for an array of another type or shape than its result's
 */
export function runCopied(
  session: NativeSession,
  feeds: Feeds,
  fetches: Record<string, NativeTensor | null>,
): Record<string, NativeTensor> {
  const names = Object.keys(fetches)
  const results = session.run(feeds, Object.fromEntries(names.map((name) => [name, null])), {})
  for (const name of names) {
    const [target, result] = [fetches[name], results[name]]
    if (target === null) continue
    if (target.type !== result.type || String(target.dims) !== String(result.dims))
      throw new BackendError(
        `Output '${name}' is ${result.type}[${result.dims}]; it was given an array for ${target.type}[${target.dims}].`,
      )
    target.data.set(result.data as never)
    results[name] = target
  }
  return results
}
