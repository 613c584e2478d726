import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PluginTemplate } from '../config/plugin-templates'

// Beside the folder of the built files, and beside that of the sources.
const places = ['../templates', '../../templates'].map((path) => fileURLToPath(new URL(path, import.meta.url)))

/** A file of the template of a kind. */
export const templateFile = (kind: string, file: string): string =>
  join(places.find((place) => existsSync(place)) ?? places[0], kind, file)

/** What comes next: build it, and run it. @param folder as a word of the shell */
export function commandsOf(kind: PluginTemplate, name: string, folder: string): string[] {
  const run = (pipeline: string, setting = '') =>
    `dclust run ${pipeline} --plugin ${/^[./]/.test(folder) ? folder : `./${folder}`}${setting}`
  const runs: Record<PluginTemplate, string> = {
    loss: run('bootsc', ` --set options.loss=${name}`),
    pipeline: run(name),
    metric: run('bootsc', ` --set 'scores=["${name}"]'`),
    schedule: run('bootsc', ` --set training.learningRate=${name}`),
    callback: run('bootsc', ` --set 'training.callbacks=["${name}"]'`),
  }
  return [`cd ${folder} && npm install && npm test && cd -`, runs[kind]]
}

/** Packages that each kind's template imports, beside those that all of them do. */
const dependencies: Record<PluginTemplate, readonly string[]> = {
  loss: ['@dc/losses'],
  pipeline: ['@dc/backbones', '@dc/losses', '@dc/pipelines'],
  metric: [],
  schedule: [],
  callback: [],
}

/** The files of a package with one plugin, by path. */
export async function pluginPackage(
  kind: PluginTemplate,
  name: string,
  { source, test }: { source: string; test: string },
): Promise<Record<string, string>> {
  const ranges = await versions()
  const range = (names: readonly string[]) => Object.fromEntries(names.map((each) => [each, ranges(each)]))
  const shared = ['@dc/core', '@tensorflow/tfjs-core']
  const manifest = {
    name,
    version: '0.1.0',
    description: `A ${kind} for dclust`,
    type: 'module',
    keywords: ['dclust', 'clustering', 'plugin'],
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    files: ['dist'],
    scripts: { build: 'tsc', test: 'tsc && node --test dist/index.test.js' },
    dependencies: range([...dependencies[kind], 'zod']),
    // One copy of these for the plugin and the program that it is run by.
    peerDependencies: range(shared),
    devDependencies: {
      ...range([...shared, '@tensorflow/tfjs-backend-cpu']),
      '@types/node': '^20.19.0',
      typescript: '^5.9.0',
    },
  }
  return {
    'package.json': json(manifest),
    'tsconfig.json': json(tsconfig),
    'src/index.ts': named(source, kind, name),
    'src/index.test.ts': named(test, kind, name),
    'README.md': readme(kind, name, commandsOf(kind, name, '.')),
    '.gitignore': 'node_modules/\ndist/\n',
  }
}

const named = (text: string, kind: string, name: string) => text.replaceAll(`'my-${kind}'`, `'${name}'`)

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

const tsconfig = {
  compilerOptions: {
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    strict: true,
    skipLibCheck: true,
    declaration: true,
    rootDir: 'src',
    outDir: 'dist',
    types: ['node'],
  },
  include: ['src'],
}

const readme = (kind: string, name: string, [, run]: readonly string[]) => `# ${name}

A ${kind} for [dclust](https://www.npmjs.com/package/@dc/cli): \`src/index.ts\`. Its test runs the conformance suite that every
${kind} must pass.

\`\`\`sh
npm install
npm test
${run}
\`\`\`

\`dclust\` finds what the package exports as \`plugins\`. Change the plugin's name in \`src/index.ts\` and it is called by that.
`

/** Ranges of versions, as this package has them. */
async function versions(): Promise<(name: string) => string> {
  const file = join(templateFile('', ''), '../package.json')
  const { version, dependencies } = JSON.parse(await readFile(file, 'utf8')) as {
    version: string
    dependencies: Record<string, string>
  }
  // In the workspace, all packages are of one version.
  return (name) => (dependencies[name] ?? '').replace(/^workspace:.*/, `^${version}`)
}
