// `npm run version`: what the pending changesets make of versions and CHANGELOGs, and all that names a version.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './workspace.mjs'

const folders = ['packages', 'apps']
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
  .concat([join(root, 'examples/plugin-brier')])
  .filter((folder) => existsSync(join(folder, 'package.json')))
const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** Gives the ranges of our packages in one kind of need. */
function setRanges(kinds, rangeOf) {
  for (const folder of folders) {
    const manifest = manifestOf(folder)
    for (const kind of kinds)
      for (const [name, range] of Object.entries(manifest[kind] ?? {}))
        if (name.startsWith('@dc/') && !range.startsWith('workspace:')) manifest[kind][name] = rangeOf(name, range)
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  }
}
const run = (program, ...args) => execFileSync(program, args, { cwd: root, stdio: 'inherit' })

// Below 1.0 every minor version is out of the range of the one before, and changesets makes a peer that is out of range a major
// version of whatever has it: 1.0.0 for all. So peers are in range while it counts.
setRanges(['peerDependencies'], () => '>=0.0.0')
run(process.execPath, join(root, 'node_modules/@changesets/cli/bin.js'), 'version')
const versions = Object.fromEntries(folders.map((folder) => [manifestOf(folder).name, manifestOf(folder).version]))
setRanges(['dependencies', 'peerDependencies', 'devDependencies'], (name, range) =>
  versions[name] ? `^${versions[name]}` : range,
)
const citation = join(root, 'CITATION.cff')
writeFileSync(citation, readFileSync(citation, 'utf8').replace(/^version: .*$/m, `version: ${versions['@dc/cli']}`))
run(process.execPath, join(root, 'scripts/changesets-needed.mjs'), '--released')
run(join(root, 'node_modules/.bin/pnpm'), 'install', '--lockfile-only', '--ignore-scripts', '--prefer-offline')
run(join(root, 'node_modules/.bin/biome'), 'check', '--write', ...folders.map((folder) => join(folder, 'package.json')))
