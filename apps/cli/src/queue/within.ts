import { readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, normalize, resolve, sep } from 'node:path'
import { OptionError } from '@dc/core/plugin'
import { z } from 'zod'

/** A path that means one place on every machine: absolute, without `..`. */
export const placeSchema = z
  .string()
  .min(1)
  .max(4096)
  .refine(
    (path) => isAbsolute(path) && !path.includes('\0') && normalize(path) === path,
    'an absolute path without . and ..',
  )

/**
 * Refuses a job that names a place outside of some folders, by whatever member, also through a symbolic link. A text that is no path is
 * a name in the job's folder, and harmless.
 *
 * @param folder from which relative paths start
 * @throws OptionError
 */
export function requireWithin(roots: readonly string[], payload: unknown, folder: string, id: string): void {
  const homes = roots.map((root) => real(resolve(root)))
  const look = (value: unknown, place: string): void => {
    if (typeof value === 'string') {
      const found = value.includes('\0') ? undefined : real(resolve(folder, value))
      if (found === undefined || !homes.some((home) => found === home || found.startsWith(home + sep)))
        throw new OptionError(`${place} of job ${id}`, value, `a place within ${roots.join(', ')}`)
    } else if (typeof value === 'object' && value !== null)
      for (const [name, member] of Object.entries(value)) look(member, `${place}.${name}`)
  }
  look(payload, 'payload')
}

/** Where a path leads, whether it is there yet or not. A link that leads to nothing would be written through. */
function real(path: string, links = 40): string {
  try {
    return realpathSync(path)
  } catch {
    const link = linkAt(path)
    if (link !== undefined) return links === 0 ? '' : real(resolve(dirname(path), link), links - 1)
    const above = dirname(path)
    return above === path ? path : join(real(above, links), basename(path))
  }
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}
