// `npm run release:dry`: what a release does, on this machine: every package packed with its scripts, published to a registry on the
// loopback (verdaccio), installed from there into an empty project, and the first example of each README run.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { folders, installAll, root, runFirstExamples } from './first-examples'
import { npm, pack } from './packed'
import { startVerdaccio } from './verdaccio'

const home = mkdtempSync(join(tmpdir(), 'dc-release-'))
const registry = await startVerdaccio(join(root, 'node_modules/.cache/verdaccio'), join(home, 'storage'))
try {
  mkdirSync(join(home, 'tarballs'))
  const packed = await pack(root, folders, join(home, 'tarballs'), { scripts: true })
  const token = `--${registry.address.slice('http:'.length)}:_authToken=anyone`
  for (const [at, { manifest, tarball }] of packed.entries()) {
    const { stdout } = await promisify(execFile)('tar', ['-tzf', tarball])
    const files = stdout.trim().split('\n')
    // CHANGELOG.md comes with the first release that changesets make.
    const wanted = readdirSync(join(root, folders[at])).filter((name) =>
      /^(README|FEATURES|CHANGELOG|LICENSE|NOTICE)/.test(name),
    )
    for (const name of wanted)
      if (!files.includes(`package/${name}`)) throw new Error(`${manifest.name}: no ${name} in the tarball`)
    // Provenance is signed where a release is made for all to see.
    await npm(home, [
      'publish',
      tarball,
      '--registry',
      registry.address,
      '--provenance=false',
      '--loglevel=error',
      token,
    ])
    const docs = files.filter((file) => file.startsWith('package/docs/')).length
    console.log(`published ${manifest.name}@${manifest.version}: ${files.length} files, ${docs} of them docs`)
  }
  const project = join(home, 'project')
  mkdirSync(project)
  await installAll(project, registry.address)
  const failed = await runFirstExamples(project, process.execPath, console.log)
  console.log(failed.length === 0 ? 'release:dry: everything works' : `release:dry: ${failed.length} failed`)
  process.exitCode = failed.length === 0 ? 0 : 1
} finally {
  registry.close()
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
}
