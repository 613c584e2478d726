// What is in deploy/: Kubernetes takes it, and what it asks of dclust is there.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { shareOfJob } from '../../apps/cli/src/extract/share'
import { dclust } from '../cli/dclust'

const { parseAllDocuments } = createRequire(new URL('../../apps/cli/package.json', import.meta.url))('yaml')
const folder = fileURLToPath(new URL('../../deploy/', import.meta.url))
const read = (name: string) => readFileSync(`${folder}${name}`, 'utf8')
interface Container {
  readonly args: readonly string[]
  readonly command?: readonly string[]
  readonly env?: readonly { readonly name: string; readonly value?: string }[]
}
interface Document {
  readonly apiVersion: string
  readonly kind: string
  readonly spec: {
    readonly backoffLimitPerIndex?: number
    readonly completionMode?: string
    readonly completions?: number
    readonly template: { readonly spec: { readonly restartPolicy?: string; readonly containers: readonly Container[] } }
  }
}
const documents = (name: string): Document[] =>
  parseAllDocuments(read(name)).map((document: { errors: unknown[]; toJS(): Document }) => {
    expect(document.errors).toEqual([])
    return document.toJS()
  })
const container = ({ spec }: Document) => spec.template.spec.containers[0]

/**
 * What the types of Kubernetes' API have against each of some objects: fields that there are not, or whose values are of another kind.
 * They are made of its OpenAPI specification.
 */
function faultsOf(all: readonly Document[]): string[][] {
  const path = fileURLToPath(new URL('../manifests.ts', import.meta.url))
  // An object that is written out may have no member more than its type.
  const lines = all.map(
    ({ apiVersion, kind, ...rest }, at) =>
      `export const made${at}: import('kubernetes-types/${apiVersion}').${kind} = ${JSON.stringify({ apiVersion, kind, ...rest })}`,
  )
  const options = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [], lib: ['lib.es5.d.ts'] },
    moduleResolution: ts.ModuleResolutionKind.Node10,
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (file) => file === path || fileExists(file)
  host.getSourceFile = (file, ...more) =>
    file === path
      ? ts.createSourceFile(file, lines.join('\n'), ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, file, ...more)
  const found: string[][] = all.map(() => [])
  for (const { messageText, file, start } of ts.getPreEmitDiagnostics(ts.createProgram([path], options, host))) {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : 0
    found[line].push(ts.flattenDiagnosticMessageText(messageText, ' '))
  }
  return found
}

/** A command's help names all of its flags. */
async function expectFlags([command, ...args]: readonly string[]): Promise<void> {
  const { code, stdout } = await dclust([command, '--help'])
  expect(code, command).toBe(0)
  for (const flag of args.filter((word) => word.startsWith('--'))) expect(stdout).toContain(`${flag} `)
}

describe('deploy', () => {
  it('every manifest starts what dclust has', async () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
    expect(names.sort()).toEqual(['extract-job.yaml', 'workers.yaml'])
    for (const name of names)
      for (const document of documents(name)) {
        expect(document).toMatchObject({ apiVersion: expect.any(String), kind: expect.any(String) })
        expect(container(document).command).toBeUndefined()
        await expectFlags(container(document).args)
      }
  })

  it('every manifest is as the API of Kubernetes has it', () => {
    const all = ['extract-job.yaml', 'workers.yaml'].flatMap(documents)
    expect(all.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual(['batch/v1 Job', 'apps/v1 Deployment'])
    const [job] = all
    const misspelt = { ...job, spec: { ...job.spec, completionsMode: 'Indexed' } }
    const wrong = { ...job, spec: { ...job.spec, completions: 'eight' } } as unknown as Document
    const faults = faultsOf([...all, misspelt, wrong])
    expect(faults.slice(0, 2)).toEqual([[], []])
    // A field of another name, in the middle, and a value of another kind are found.
    expect(faults[2].join()).toMatch(/completionsMode.* does not exist/)
    expect(faults[3].join()).toContain("'string' is not assignable to type 'number'")
    // What the API says in words: only an Indexed Job whose pods are not restarted in place counts failures by index.
    const { completionMode, backoffLimitPerIndex, template } = job.spec
    expect([completionMode, typeof backoffLimitPerIndex, template.spec.restartPolicy]).toEqual([
      'Indexed',
      'number',
      'Never',
    ])
  }, 60_000)

  it('the shares of the Indexed Job are those of its pods', () => {
    const [job] = documents('extract-job.yaml')
    const { completionMode, completions = 0 } = job.spec
    const { args } = container(job)
    expect(completionMode).toBe('Indexed')
    expect(args[args.indexOf('--shards') + 1]).toBe(String(completions))
    // Kubernetes sets the index of each pod.
    const shares = Array.from({ length: completions }, (_, index) =>
      shareOfJob({ JOB_COMPLETION_INDEX: String(index) }, completions),
    )
    expect(shares).toEqual(shares.map((_, index) => ({ index, of: completions })))
  })

  it('workers get the address of their queue from a secret alone', () => {
    const [workers] = documents('workers.yaml')
    const { env } = container(workers)
    expect(env?.map(({ name, value }) => [name, value])).toEqual([['DCLUST_QUEUE', undefined]])
  })

  it('the image has the program that the manifests name, and what a queue needs', () => {
    const lines = read('Dockerfile')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(lines[0]).toMatch(/^FROM node:\d+/)
    const { name, bin } = JSON.parse(readFileSync(`${folder}../apps/cli/package.json`, 'utf8'))
    const { peerDependencies } = JSON.parse(readFileSync(`${folder}../packages/distributed/package.json`, 'utf8'))
    const installed = lines.find((line) => line.startsWith('RUN npm install'))
    for (const needed of [name, ...Object.keys(peerDependencies)]) expect(installed).toContain(` ${needed} `)
    expect(Object.keys(bin)).toEqual(JSON.parse(lines.find((line) => line.startsWith('ENTRYPOINT'))!.slice(11)))
    expect(lines).toContain('USER node')
  })
})
