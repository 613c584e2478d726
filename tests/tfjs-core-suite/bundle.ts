import { fileURLToPath } from 'node:url'
import { bundleProgram } from '../bundle.ts'

/** Bundles tfjs-core's published tests with our packages' sources into one program. */
export function bundleSuite(outfile: string): Promise<void> {
  return bundleProgram(fileURLToPath(new URL('bundled/main.ts', import.meta.url)), outfile)
}
