import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requireGpuDevice } from './vulkan'

describe.skipIf(process.platform !== 'linux')('requireGpuDevice', () => {
  let devices: string
  beforeEach(() => {
    devices = mkdtempSync(join(tmpdir(), 'devices-'))
  })
  afterEach(() => rmSync(devices, { recursive: true }))

  it('refuses a machine without GPU device files', () => {
    writeFileSync(join(devices, 'null'), '')
    writeFileSync(join(devices, 'nvidiactl'), '')
    expect(() => requireGpuDevice(devices)).toThrow('no GPU')
    expect(() => requireGpuDevice(join(devices, 'missing'))).toThrow('no GPU')
  })

  it.each(['nvidia0', 'dxg', 'dri/renderD128'])('accepts /dev/%s', (name) => {
    mkdirSync(join(devices, 'dri'))
    writeFileSync(join(devices, name), '')
    expect(() => requireGpuDevice(devices)).not.toThrow()
  })
})
