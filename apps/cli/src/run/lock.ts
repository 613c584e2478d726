import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { checksum } from '@dc/core/cache'
import { isRunning, type ProcessIdentity, processSchema, thisProcess } from './process-identity'

/** A lock that is held, or who holds it. */
export type Lock = { readonly release: () => Promise<void> } | { readonly holder: ProcessIdentity }

/**
 * Takes a lock: a file that names the process that holds it. The lock of a process that is gone is taken over; of many
 * processes that try so at once, one gets it.
 *
 * @param path of the file; others beside it begin with its name
 * @param owner by default this process
 * @returns how to give it back, or who holds it
 */
export async function takeLock(path: string, owner: ProcessIdentity = thisProcess()): Promise<Lock> {
  const own = `${path}.${randomUUID()}`
  const text = JSON.stringify(owner)
  const release = async () => {
    if ((await textOf(path)) === text) await rm(path, { force: true })
  }
  // Whole before it has its name, and under that name at once or not at all.
  await writeFile(own, text)
  try {
    for (;;) {
      if (await linked(own, path)) return { release }
      const found = await textOf(path)
      if (found === null) continue
      const holder = holderOf(found)
      // It may be in the middle of being written.
      if (!holder) await setTimeout(200)
      if (holder && isRunning(holder) !== false) return { holder }
      // Only who holds the lock on this one dead lock may replace it.
      const claim = await takeLock(`${path}.${checksum(found).slice(0, 16)}`, owner)
      if ('holder' in claim) return claim
      try {
        if ((await textOf(path)) !== found) continue
        await rename(own, path)
        return { release }
      } finally {
        await claim.release()
      }
    }
  } finally {
    await rm(own, { force: true })
  }
}

/** Who holds a lock, whether running or not; null if nobody does. */
export async function lockHolder(path: string): Promise<ProcessIdentity | null> {
  const text = await textOf(path)
  return text === null ? null : holderOf(text)
}

/** Null for what no process of ours wrote whole. */
function holderOf(text: string): ProcessIdentity | null {
  try {
    return processSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Gives a file a second name; false if the name is taken. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    // File systems without hard links: not whole at once, but one of several still.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS' || code === 'EOPNOTSUPP') return created(from, to)
    throw error
  }
}

async function created(from: string, to: string): Promise<boolean> {
  try {
    await writeFile(to, await readFile(from), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}
