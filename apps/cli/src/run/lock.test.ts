import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { takeLock } from './lock'
import { isRunning, type ProcessIdentity, thisProcess } from './process-identity'

const folder = mkdtempSync(join(tmpdir(), 'lock-'))
afterAll(() => rmSync(folder, { recursive: true }))
const own = thisProcess()
/** A process that was, and is no more. */
const gone: ProcessIdentity = {
  ...own,
  pid: spawnSync(process.execPath, ['-e', '']).pid,
  began: own.began && `${own.began}0`,
}
const linux = process.platform === 'linux'

describe('isRunning', () => {
  it('tells a running process from one that is gone', () => {
    expect(isRunning(own)).toBe(true)
    expect(isRunning(gone)).toBe(false)
    // Without a beginning the number alone decides.
    expect(isRunning({ ...own, began: null })).toBe(true)
    expect(isRunning({ ...gone, began: null })).toBe(false)
  })

  it('does not guess about processes elsewhere', () => {
    expect(isRunning({ ...own, host: `not-${hostname()}` })).toBeNull()
    expect(isRunning({ ...own, numbering: 'pid:[1]' })).toBeNull()
  })

  it.runIf(linux)('knows a number that was given to another process, and a machine that was started anew', () => {
    expect(isRunning({ ...own, began: `${own.began}1` })).toBe(false)
    expect(isRunning({ ...own, numbering: 'pid:[1]', began: 'another-boot/1' })).toBe(false)
  })

  it.runIf(linux)('counts a dead process that nobody waits for as gone', async () => {
    // The shell becomes `sleep`, which does not wait for the child it inherits.
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'])
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)))
    const state = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1][0]
    while (state() !== 'Z') await new Promise((resolve) => setTimeout(resolve, 10))
    expect(isRunning({ ...own, pid, began: `${own.began}` })).toBe(false)
    parent.kill()
  })
})

describe('takeLock', () => {
  const path = join(folder, 'lock.json')

  it('is held by one at a time, and given back', async () => {
    const first = await takeLock(path)
    expect(await takeLock(path)).toEqual({ holder: own })
    if ('release' in first) await first.release()
    expect(existsSync(path)).toBe(false)
    const second = await takeLock(path)
    if ('release' in second) await second.release()
    expect('release' in second).toBe(true)
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    ['that is gone', JSON.stringify(gone)],
    ['that died while it wrote', '{"pid": 1'],
    ['that wrote nothing', ''],
  ])('is taken over from a process %s, by one of many', async (_, text) => {
    writeFileSync(path, text)
    const locks = await Promise.all(Array.from({ length: 20 }, () => takeLock(path)))
    const taken = locks.filter((lock) => 'release' in lock)
    expect(taken).toHaveLength(1)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(own)
    for (const lock of taken) if ('release' in lock) await lock.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is taken over although another died while taking it over', async () => {
    writeFileSync(path, JSON.stringify(gone))
    const { checksum } = await import('@dc/core/cache')
    const claim = `${path}.${checksum(JSON.stringify(gone)).slice(0, 16)}`
    writeFileSync(claim, JSON.stringify({ ...gone, pid: gone.pid + 1 }))
    const lock = await takeLock(path)
    expect('release' in lock).toBe(true)
    if ('release' in lock) await lock.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is not taken from a process elsewhere', async () => {
    const elsewhere = { ...own, host: 'elsewhere' }
    writeFileSync(path, JSON.stringify(elsewhere))
    expect(await takeLock(path)).toEqual({ holder: elsewhere })
    rmSync(path)
  })

  it('is given back only by its holder', async () => {
    const lock = await takeLock(path)
    const other = JSON.stringify({ ...own, host: 'elsewhere' })
    writeFileSync(path, other)
    if ('release' in lock) await lock.release()
    expect(readFileSync(path, 'utf8')).toBe(other)
    rmSync(path)
  })
})
