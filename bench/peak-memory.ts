import { readdirSync, readFileSync } from 'node:fs'

const statusOf = (pid: number | string): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}
const field = (status: string, name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? NaN)

/** MiB that a process has held at most; NaN where Linux does not tell. */
export const peakOf = (pid: number): number => Math.round(field(statusOf(pid), 'VmHWM') / 1024)

/** The same of each process that this one has started and that still runs. */
export const peaksOfChildren = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && field(statusOf(name), 'PPid') === process.pid)
    .map((name) => peakOf(Number(name)))
    .filter(Number.isFinite)
