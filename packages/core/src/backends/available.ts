import type { Availability } from '../kinds'

/** Availability by trying: the error's first line is the reason. */
export async function availableIf(probe: () => Promise<unknown>): Promise<Availability> {
  try {
    await probe()
    return { ok: true }
  } catch (error) {
    return { ok: false, reason: (error instanceof Error ? error.message : String(error)).split('\n')[0] }
  }
}
