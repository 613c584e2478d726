// Completion of command lines, as the scripts of shells ask for it.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { presets } from '@dc/pipelines'
import { afterAll, describe, expect, it } from 'vitest'
import { dclust, temporaryFolder } from './dclust'
import { dclustCommand } from './dclust-bundle'

const folder = temporaryFolder()
afterAll(() => folder.remove())

/** What the last of these words may become. */
async function completed(...words: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await dclust(['complete', '--', ...words])
  expect([code, stderr]).toEqual([0, ''])
  const lines = stdout.trimEnd().split('\n')
  expect(lines.pop()).toMatch(/^:\d+$/)
  return lines.map((line) => line.split('\t')[0])
}

describe('dclust complete', () => {
  it('offers commands and their options', async () => {
    expect(await completed('')).toEqual(expect.arrayContaining(['run', 'eval', 'compare', 'sweep', 'extract', 'list']))
    expect(await completed('s')).toEqual(['sweep', 'shards', 'schema'])
    expect(await completed('run', '--ba')).toEqual(['--batch-size', '--backend'])
    expect(await completed('sweep', '--gr')).toEqual(['--grid'])
  })

  it('offers pipelines, presets, data sets, backends and choices', async () => {
    expect(await completed('run', '')).toEqual(expect.arrayContaining(['bootsc', 'sp2ot', 'otdc', 'dscl']))
    expect(await completed('sweep', 'sp')).toContain('sp2ot')
    const own = presets.filter(({ pipeline }) => pipeline === 'otdc').map(({ name }) => name)
    expect((await completed('run', 'otdc', '--preset', '')).sort()).toEqual([...own].sort())
    expect(await completed('run', 'bootsc', '--data', 'optd')).toEqual(['optdigits'])
    expect(await completed('run', '--backend', 'o')).toEqual(['onnx-cuda', 'onnx-webgpu', 'onnx'])
    expect(await completed('compare', '--format', 'm')).toEqual(['markdown'])
    expect(await completed('list', 'pipe')).toEqual(['pipeline'])
    expect(await completed('list', 'pipeline', 'boot')).toEqual(['bootsc'])
  })

  it('offers files and folders where they are meant, but none that a terminal would obey', async () => {
    mkdirSync(folder.file('runs'))
    for (const name of ['runs.csv', 'ru\u001b[31mn', '.hidden']) writeFileSync(folder.file(name), '')
    const at = (name: string) => folder.file(name)
    expect((await completed('compare', at('r'))).sort()).toEqual([at('runs.csv'), `${at('runs')}/`].sort())
    expect(await completed('run', 'bootsc', '--data', at('runs.'))).toEqual([at('runs.csv')])
    expect(await completed('cluster', at('runs.'))).toEqual([at('runs.csv')])
    expect(await completed('cluster', 'optd')).toEqual(['optdigits'])
    expect(await completed('run', 'bootsc', '--config', at('none'))).toEqual([])
    expect((await completed('eval', `${folder.path}/`)).sort()).toEqual([at('runs.csv'), `${at('runs')}/`].sort())
  })

  it.each(['bash', 'zsh', 'fish'])('writes a script for %s', async (shell) => {
    const { code, stdout } = await dclust(['complete', shell])
    expect(code).toBe(0)
    expect(stdout).toContain('dclust complete --')
  })

  it('knows its shells', async () => {
    expect(await dclust(['complete', 'tcsh'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining("shell 'tcsh' is not known. Allowed: bash, zsh, fish."),
    })
    expect((await dclust(['complete'])).code).toBe(2)
    expect(await completed()).toContain('run')
  })

  it.runIf(process.platform === 'linux')(
    'completes in bash',
    async () => {
      writeFileSync(folder.file('script'), (await dclust(['complete', 'bash'])).stdout)
      // What the package bash-completion and a shell at a terminal would give.
      const shell = `
      dclust() { '${dclustCommand.join("' '")}' "$@"; }
      _get_comp_words_by_ref() { words=(dclust run bootsc --preset digits-c); cword=4; cur=digits-c; prev=--preset; }
      compopt() { :; }
      source ${folder.file('script')}
      __dclust_complete
      echo "\${COMPREPLY[@]}"`
      expect(execFileSync('bash', ['-c', shell], { encoding: 'utf8' })).toMatch(/^digits-convnet/)
    },
    30_000,
  )
})
