// `node scripts/changesets-needed.mjs`: a package that is not as it was released needs a changeset that names it. CI asks; it reads
// files alone, so that a clone without history will do. `--released` writes down what packages are now, as `npm run version` does.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const noted = '.changeset/released.json'
const left = /^(node_modules|dist|docs|\.turbo|CHANGELOG\.md|tsconfig\.json)$|\.test\.tsx?$|^testing$/

/** The folders of packages that are published. */
function published(root) {
  return ['packages', 'apps'].flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder))
          .map((name) => join(root, folder, name))
          .filter((path) => existsSync(join(path, 'package.json')) && !manifestOf(path).private)
      : [],
  )
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (left.test(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}

/** SHA-256 of all that a user gets of a package or that it is built from; versions are not in it, for a release changes them. */
export function fingerprint(folder) {
  const hash = createHash('sha256')
  for (const path of filesIn(folder).sort()) {
    const name = relative(folder, path).replaceAll('\\', '/')
    hash
      .update(`${name}\0`)
      .update(name === 'package.json' ? withoutVersions(manifestOf(folder)) : readFileSync(path))
      .update('\0')
  }
  return hash.digest('hex')
}

function withoutVersions({ version, devDependencies, scripts, ...rest }) {
  const plain = (needs) =>
    needs &&
    Object.fromEntries(Object.entries(needs).map(([name, range]) => [name, name.startsWith('@dc/') ? '' : range]))
  return JSON.stringify({
    ...rest,
    dependencies: plain(rest.dependencies),
    peerDependencies: plain(rest.peerDependencies),
  })
}

/** What every published package is now, by name. */
export const fingerprints = (root) =>
  Object.fromEntries(published(root).map((folder) => [manifestOf(folder).name, fingerprint(folder)]))

/** Packages that some pending changeset names. */
export function named(root) {
  const texts = readdirSync(join(root, '.changeset'))
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => readFileSync(join(root, '.changeset', file), 'utf8').split(/^---$/m)[1] ?? '')
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/^\s*['"]?(@[\w-]+\/[\w-]+)['"]?\s*:/gm)].map(([, name]) => name)),
  )
}

/** Packages that have changed since their release, and that no changeset names. */
export function unnamed(root) {
  const before = JSON.parse(readFileSync(join(root, noted), 'utf8'))
  const names = named(root)
  return Object.entries(fingerprints(root))
    .filter(([name, now]) => before[name] !== now && !names.has(name))
    .map(([name]) => name)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  if (process.argv.includes('--released'))
    writeFileSync(join(root, noted), `${JSON.stringify(fingerprints(root), null, 2)}\n`)
  else {
    const missing = unnamed(root)
    for (const name of missing)
      console.error(`${name} has changed since its release, and no changeset names it: npm run changeset`)
    process.exitCode = missing.length > 0 ? 1 : 0
  }
}
