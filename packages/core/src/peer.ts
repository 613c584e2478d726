import { MissingPeerError } from './errors'

/**
 * Loads an optional peer dependency on demand.
 *
 * @param name npm package name
 * @param load a literal dynamic import, `() => import('sharp').catch(rethrow)`, so that bundlers and the caller's own
 *   `node_modules` are respected; with a `catch`, bundlers go on if the peer is not installed
 * @param neededFor what asked for it, e.g. `backend 'tensorflow'`
 * @param note more advice for the error
 * @param install what `npm install` is told: by default the name
 * @throws MissingPeerError naming the package and the install command; an installed peer that fails to load throws
 *   its own error
 * @example
 * const load = () => import('@tensorflow/tfjs-backend-wasm').catch(rethrow)
 * const wasm = await importPeer('@tensorflow/tfjs-backend-wasm', load, 'wasm')
 */
export async function importPeer<T>(
  name: string,
  load: () => Promise<T>,
  neededFor: string,
  note?: string,
  install?: string,
): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (isMissing(error, name)) throw new MissingPeerError(name, neededFor, error, note, install)
    throw error
  }
}

/** The `catch` of an optional import. It catches nothing, but bundlers look for one. */
export function rethrow(error: unknown): never {
  throw error
}

function isMissing(error: unknown, name: string): boolean {
  const { code, message = '' } = error as { code?: string; message?: string }
  // Node says it by its code, bundlers and vitest by their words.
  const absent =
    code === 'ERR_MODULE_NOT_FOUND' ||
    code === 'MODULE_NOT_FOUND' ||
    /(Could not|Failed to|Cannot) (resolve|load|find)/i.test(message)
  return absent && message.includes(name)
}
