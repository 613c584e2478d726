import { cp, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { packageBuild } from '../../tsup.shared.ts'

/** Bundled into our files: the charts of a report use a hundredth of its 60 MB. */
const bundled = ['echarts', 'zrender', 'tslib']

export default packageBuild(['src/index.ts', 'src/main.ts', 'src/job-kinds.ts'], {
  noExternal: bundled.map((name) => new RegExp(`^${name}(/|$)`)),
  onSuccess: copyLicences,
})

/** Copies the licences of bundled packages, as these require. */
async function copyLicences(): Promise<void> {
  const echarts = createRequire(import.meta.url).resolve('echarts')
  for (const name of bundled) {
    const folder = packageOf(createRequire(echarts).resolve(name), name)
    for (const file of await readdir(folder))
      if (/^(licen[cs]e|notice)/i.test(file))
        await cp(join(folder, file), join('dist/licences', name, file), { recursive: true })
  }
}

/** The folder of a package that a file belongs to. */
function packageOf(file: string, name: string): string {
  const folder = dirname(file)
  return folder.endsWith(join('node_modules', name)) ? folder : packageOf(folder, name)
}
