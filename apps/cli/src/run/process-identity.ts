import { readFileSync, readlinkSync } from 'node:fs'
import os from 'node:os'
import { z } from 'zod'

/** A process, so that it is known again after its number was given to another one. */
export const processSchema = z.strictObject({
  pid: z.int().min(1),
  /** The machine, or the container. */
  host: z.string(),
  /** Where process numbers count, where that is known: a container counts its own. */
  numbering: z.string().nullable(),
  /** When it began, in the system's own terms; null where these are not known. */
  began: z.string().nullable(),
})
export type ProcessIdentity = z.infer<typeof processSchema>

/** This process. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, host: os.hostname(), numbering: numbering(), began: beginning(process.pid) }
}

/** Whether a process runs still; null if that cannot be seen from here. */
export function isRunning({ pid, host, numbering: counted, began }: ProcessIdentity): boolean | null {
  if (host !== os.hostname()) return null
  if (began !== null && bootOf(began) !== boot()) return false
  if (counted !== numbering()) return null
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is another user's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return began === null || beginning(pid) === began
}

/** `BOOT/TICKS` of a process by its number; null if there is none, if it is dead and only not buried, or not on Linux. */
function beginning(pid: number): string | null {
  const text = textOf(`/proc/${pid}/stat`)
  // Its name stands in brackets and may hold anything.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields === undefined || fields[0] === 'Z' ? null : `${boot()}/${fields[19]}`
}

const bootOf = (began: string) => began.slice(0, began.indexOf('/'))
const boot = () => textOf('/proc/sys/kernel/random/boot_id')?.trim() ?? ''

function numbering(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return null
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
