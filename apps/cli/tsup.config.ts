import { cp, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { packageBuild } from '../../tsup.shared.ts'

/** Bundled into our files: the charts of a report use a hundredth of its 60 MB. */
const bundled = ['echarts', 'zrender', 'tslib']
/** Of `@dc/explore`, in the script that a report brings; see scripts/build-report-script.mjs. */
const inReport = ['preact', 'kdbush', 'd3-polygon', 'd3-zoom', 'd3-selection']
const ofZoom = ['d3-color', 'd3-dispatch', 'd3-drag', 'd3-ease', 'd3-interpolate', 'd3-timer', 'd3-transition']

export default packageBuild(['src/index.ts', 'src/main.ts', 'src/job-kinds.ts'], {
  noExternal: bundled.map((name) => new RegExp(`^${name}(/|$)`)),
  onSuccess: copyLicences,
})

/** Copies the licences of bundled packages, as these require. */
async function copyLicences(): Promise<void> {
  const here = createRequire(import.meta.url)
  const explore = createRequire(new URL('../../packages/explore/package.json', import.meta.url))
  const of = (names: readonly string[], require: NodeJS.Require) =>
    names.map((name) => [name, packageOf(require.resolve(name), name)] as const)
  for (const [name, folder] of [
    ...of(bundled, createRequire(here.resolve('echarts'))),
    ...of(inReport, explore),
    ...of(ofZoom, createRequire(explore.resolve('d3-zoom'))),
  ])
    for (const file of await readdir(folder))
      if (/^(licen[cs]e|notice)/i.test(file))
        await cp(join(folder, file), join('dist/licences', name, file), { recursive: true })
}

/** The folder of a package that a file belongs to. */
function packageOf(file: string, name: string): string {
  const folder = dirname(file)
  return folder.endsWith(join('node_modules', name)) ? folder : packageOf(folder, name)
}
