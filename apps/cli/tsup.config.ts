import { cp, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { packageBuild } from '../../tsup.shared.ts'

/** Goes into our files: of its 60 MB the charts of a report take a hundredth. */
const bundled = ['echarts', 'zrender', 'tslib']

export default packageBuild(['src/index.ts', 'src/main.ts'], {
  noExternal: bundled.map((name) => new RegExp(`^${name}(/|$)`)),
  onSuccess: copyLicences,
})

/** What is bundled brings its licence, as it asks. */
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
