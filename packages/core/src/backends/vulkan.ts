import { nodeModule } from '../node-module'

/**
 * Checks whether a Vulkan driver may be installed, without starting a GPU library that prints its own warnings. On other
 * systems than Linux it checks nothing: there WebGPU uses Metal or Direct3D 12.
 *
 * @throws Error with the reason why no WebGPU can run on this Linux
 */
export function requireVulkanLoader(): void {
  if (process.platform !== 'linux') return
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1')
  } catch (error) {
    // A library that is found but is no Node addon "did not self-register".
    if (/cannot open shared object/.test(String(error)))
      throw new Error('no Vulkan loader (libvulkan.so.1): no GPU driver with Vulkan is installed')
  }
}

/**
 * Checks whether Linux has a GPU device. Without one, Vulkan runs in software only.
 *
 * @param devices folder of the device files
 * @throws Error if this Linux has no GPU device
 */
export function requireGpuDevice(devices = '/dev'): void {
  if (process.platform !== 'linux') return
  const names = [...list(devices), ...list(`${devices}/dri`)]
  // Direct rendering (AMD, Intel, Nouveau), NVIDIA's own driver, and Windows' GPU under WSL.
  if (!names.some((name) => /^(renderD|nvidia)\d+$/.test(name) || name === 'dxg'))
    throw new Error('no GPU: neither /dev/dri/renderD*, /dev/nvidia* nor /dev/dxg is there')
}

function list(folder: string): string[] {
  try {
    return nodeModule<typeof import('node:fs')>('node:fs', 'Looking for a GPU').readdirSync(folder)
  } catch {
    return []
  }
}
