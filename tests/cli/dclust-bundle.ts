// The command line in a few files, for tests that start it often: a process that compiles our sources itself needs six seconds
// more before it begins.
import { createHash } from 'node:crypto'
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cache = join(root, 'node_modules/.cache')
const sources = ['apps/cli/src', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/src`)]
const isCode = (file: Dirent) => file.isFile() && /(?<!\.test)\.tsx?$/.test(file.name)
/** The program, and the modules that it starts in processes. */
const entries = ['apps/cli/src/main.ts', 'apps/cli/src/job-kinds.ts', 'packages/distributed/src/child-main.ts']

/** These name a module of ours to a process that they start: there, that of the bundle. */
const startsModules = /(child-pool|job-module)\.ts$/

/** Sources find what lies beside them where they stand, not where the bundle is. */
const placesOfSources: Plugin = {
  name: 'places of sources',
  setup({ onLoad }) {
    onLoad({ filter: /(packages|apps)\/[^/]+\/src\/.*\.tsx?$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      if (!text.includes('import.meta.url') || startsModules.test(path)) return undefined
      const place = JSON.stringify(pathToFileURL(path).href)
      return { contents: text.replaceAll('import.meta.url', place), loader: path.endsWith('x') ? 'tsx' : 'ts' }
    })
  },
}

/** If the package that a file belongs to says by `exports` what it offers. */
function hasExports(file: string): boolean {
  const manifest = join(/^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? '', 'package.json')
  return existsSync(manifest) && 'exports' in JSON.parse(readFileSync(manifest, 'utf8'))
}

/** Libraries stay where they are installed, except tfjs: its ES modules have no file extensions, and Node cannot load them. */
const librariesInPlace: Plugin = {
  name: 'libraries in place',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...where }) => {
      if (pluginData === 'seen' || /^(node:|@dc\/|@tensorflow\/)/.test(path)) return undefined
      if (/node_modules\/.*@tensorflow\//.test(where.importer)) return undefined
      const found = await resolve(path, { ...where, pluginData: 'seen' })
      if (found.errors.length > 0) return { path, external: true }
      // esbuild goes by `module` where there are no `exports`; Node knows nothing of it.
      const require = createRequire(join(where.resolveDir, 'module.js'))
      return { path: hasExports(found.path) ? found.path : require.resolve(path), external: true }
    })
  },
}

/** Builds the bundle, unless that of these sources is there. */
async function bundle(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(fileURLToPath(import.meta.url)))
  for (const folder of sources)
    for (const file of (await readdir(join(root, folder), { recursive: true, withFileTypes: true })).filter(isCode))
      hash.update(await readFile(join(file.parentPath, file.name)))
  const folder = join(cache, `dclust-${hash.digest('hex').slice(0, 12)}`)
  if (existsSync(folder)) return folder
  const own = `${folder}.${process.pid}`
  await build({
    entryPoints: entries.map((path) => join(root, path)),
    outdir: own,
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    jsx: 'automatic',
    mainFields: ['module', 'main'],
    tsconfig: join(root, 'tsconfig.json'),
    plugins: [placesOfSources, librariesInPlace],
    // What is CommonJS in tfjs asks for Node's modules.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url)",
    },
    logLevel: 'error',
  })
  const place = (path: string) => pathToFileURL(path).href
  const built = entries.map((path) => [
    place(join(root, path)),
    place(join(folder, basename(path, '.ts').concat('.js'))),
  ])
  const hooks = `const built = ${JSON.stringify(Object.fromEntries(built))}
export const resolve = (name, context, next) =>
  name in built ? { url: built[name], format: 'module', shortCircuit: true } : next(name, context)`
  await writeFile(
    join(own, 'start.mjs'),
    `import { register } from 'node:module'\nregister(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)})\n`,
  )
  // At once, for another test file may be at it too.
  await rename(own, folder).catch(() => rm(own, { recursive: true }))
  for (const old of await readdir(cache))
    if (old.startsWith('dclust-') && Date.now() - (await stat(join(cache, old))).mtimeMs > 24 * 3600_000)
      await rm(join(cache, old), { recursive: true, force: true })
  return folder
}

/** `dclust` as a command, of the sources as they are now: Node, its options, the program. */
export const dclustCommand: readonly string[] = [
  process.execPath,
  '--import',
  pathToFileURL(join(await bundle(), 'start.mjs')).href,
  join(root, entries[0]),
]
