// `npm test [-- VITEST ARGUMENTS]`: everything, or the files named.
import { existsSync } from 'node:fs'
import { prepare, root, runNode } from './workspace.mjs'

await prepare()
await runNode([`${root}node_modules/vitest/vitest.mjs`, 'run', ...process.argv.slice(2)], { env: softwareVulkan() })

/** Where the tests of the WebGPU backends find scripts/setup-swiftshader's adapter, on a machine without a GPU. */
function softwareVulkan() {
  const folder = `${root}tests/.swiftshader`
  const driver = `${folder}/vk_swiftshader_icd.json`
  return existsSync(driver) ? { LD_LIBRARY_PATH: folder, VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver } : {}
}
