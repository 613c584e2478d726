import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { RunConfig } from './run-config'

/**
 * The folder of a run that names none. It is always directly below `runs/`: `runs/bootsc-optdigits-20260131-154500`, with a
 * number appended if it exists.
 */
export function defaultFolder({ pipeline, data }: Pick<RunConfig, 'pipeline' | 'data'>, now = new Date()): string {
  const { path } = data.options
  const name = typeof path === 'string' ? basename(path).replace(/\.[a-z]+(\.gz)?$/i, '') : data.name
  const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
  const folder = join('runs', `${slug(pipeline)}-${slug(name)}-${time}`)
  let free = folder
  for (let number = 2; existsSync(free); number++) free = `${folder}-${number}`
  return free
}

/** At most 40 letters, digits, dots and hyphens of a name, none of which leads to another folder. */
function slug(name: string): string {
  const kept = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._]+/gu, '-')
    .replace(/^[-.]+/, '')
  return (
    [...kept]
      .slice(0, 40)
      .join('')
      .replace(/[-.]+$/, '') || 'data'
  )
}
