import { BackendError, DcError, OptionError, UnknownPluginError } from './errors'
import type { Backend } from './kinds'
import { tf } from './tf'

/** Why a backend was not used, or that it was. */
export interface BackendAttempt {
  readonly name: string
  readonly used: boolean
  readonly reason: string
}

/** What {@link initBackend} chose. */
export interface BackendChoice {
  readonly name: string
  /** Device, threads and versions, as the backend describes them. */
  readonly description: string
  /** Every candidate in the order tried, with the reason it was passed over. */
  readonly attempts: readonly BackendAttempt[]
  /** The attempts as lines for people. */
  explain(): string
}

/**
 * Activates the first backend that really works: available, activated, and a small product computed on it.
 *
 * @param candidates backends in order of preference
 * @param options.prefer names to try; only these are tried, in this order, and it is an error if none of them runs
 * @returns the choice, with the reason each earlier candidate was passed over
 * @throws UnknownPluginError for a preferred name that is no candidate
 * @throws BackendError if no candidate runs, or none of the preferred ones; the message says what to install
 * @example
 * const choice = await initBackend([wasm.create({}, {}), cpu.create({}, {})])
 * console.error(choice.explain())
 */
export async function initBackend(
  candidates: readonly Backend[],
  options: { prefer?: readonly string[] } = {},
): Promise<BackendChoice> {
  if (candidates.length === 0) throw new OptionError('candidates', candidates, 'at least one backend')
  const names = candidates.map((c) => c.name)
  const order = options.prefer?.length
    ? options.prefer.map((name) => {
        const candidate = candidates.find((c) => c.name === name)
        if (!candidate) throw new UnknownPluginError('backend', name, names)
        return candidate
      })
    : candidates
  const attempts: BackendAttempt[] = []
  for (const candidate of order) {
    const reason = await tryBackend(candidate)
    if (reason !== null) {
      attempts.push({ name: candidate.name, used: false, reason })
      continue
    }
    const description = candidate.describe?.() ?? candidate.name
    attempts.push({ name: candidate.name, used: true, reason: 'works' })
    return { name: candidate.name, description, attempts, explain: () => explain(attempts, description) }
  }
  const asked = options.prefer?.length ? ` that was asked for (${options.prefer.join(', ')})` : ''
  throw new BackendError(`No backend${asked} can run here.\n${explain(attempts, '')}`, { attempts })
}

function explain(attempts: readonly BackendAttempt[], description: string): string {
  return attempts
    .map((a) => (a.used ? `  ${a.name}: used (${description})` : `  ${a.name}: passed over, ${a.reason}`))
    .join('\n')
}

/** Null if the backend works, else why it does not. */
async function tryBackend(backend: Backend): Promise<string | null> {
  const asked = Promise.resolve().then(() => backend.available())
  const available = await asked.catch((error: unknown) => ({ ok: false as const, reason: text(error) }))
  if (!available.ok) return available.reason
  const before = tf.engine().backendName
  try {
    await backend.activate()
    const product = tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])))
    const value = (await product.data())[0]
    product.dispose()
    if (value !== 11) throw new DcError(`a test product gave ${value} instead of 11`)
    return null
  } catch (error) {
    if (before && before !== tf.engine().backendName && tf.engine().registryFactory[before]) await tf.setBackend(before)
    return text(error)
  }
}

function text(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n')[0]
}
