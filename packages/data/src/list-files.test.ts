import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isHiddenName, listFiles, listFolder } from './list-files'

const unix = process.platform !== 'win32'
let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'list-'))
})
afterAll(() => rm(root, { recursive: true }))

async function put(...path: string[]): Promise<void> {
  await mkdir(dirname(join(root, ...path)), { recursive: true })
  await writeFile(join(root, ...path), 'x')
}
const listed = async (folder: string) =>
  (await listFiles(join(root, folder))).map(({ kind, within, name, reason }) =>
    [kind, [...within, name].join('/'), ...(reason === undefined ? [] : [reason])].join(' '),
  )

describe('isHiddenName', () => {
  it.each([
    ...[
      '.DS_Store',
      '._a.jpg',
      '.git',
      '.ipynb_checkpoints',
      '.Trash-1000',
      '.nfs000',
      '@eaDir',
      '__MACOSX',
      'lost+found',
    ],
    ...['Thumbs.db', 'thumbs.DB', 'desktop.ini', '$RECYCLE.BIN', 'System Volume Information', '#recycle', 'FOUND.000'],
    ...['Icon\r', 'node_modules', '@Recycle', '@tmp'],
  ])('%j', (name) => expect(isHiddenName(name)).toBe(true))
  it.each(['a.jpg', '_a.jpg', 'a.', '@home', 'thumbs', 'found', '#1', '$10', 'recycle', '~a.jpg', ' .a'])(
    'but not %j',
    (name) => expect(isHiddenName(name)).toBe(false),
  )
})

describe('listFiles', () => {
  it('passes over what is hidden, at any depth', async () => {
    for (const path of [
      'a/1.jpg',
      'a/._1.jpg',
      'a/@eaDir/1.jpg',
      '__MACOSX/a/1.jpg',
      'a/.x/1.jpg',
      'Thumbs.db',
      '.y.jpg',
    ])
      await put('hidden', path)
    expect(await listed('hidden')).toEqual(['folder a', 'file a/1.jpg'])
  })

  // Elsewhere é and e + ́ may be one name.
  it.runIf(process.platform === 'linux')(
    'goes through names in the order of their bytes, folder by folder',
    async () => {
      for (const path of ['a-b/1', 'a/2', 'a/10', 'B/1', 'é/1', 'e\u0301/1', 'z/1', 'a.txt', '😀', '\uff5e'])
        await put('order', path)
      const files = (await listed('order')).filter((line) => line.startsWith('file'))
      const expected = ['B/1', 'a/10', 'a/2', 'a-b/1', 'a.txt', 'e\u0301/1', 'z/1', 'é/1', '\uff5e', '😀']
      expect(files).toEqual(expected.map((path) => `file ${path}`))
    },
  )

  it('follows links under their own names, and ends where one leads to a folder around it', async () => {
    await put('store/one.jpg')
    await put('store/birds/two.jpg')
    await mkdir(join(root, 'links', 'deep', 'deeper'), { recursive: true })
    const link = (to: string, at: string) =>
      symlink(relative(dirname(join(root, at)), join(root, to)) || '.', join(root, at))
    await link('store/one.jpg', 'links/file.png')
    await link('store/birds', 'links/class a')
    await link('store/birds', 'links/class b')
    await link('links', 'links/deep/deeper/round')
    await link('links/deep', 'links/deep/self')
    await link('store/nothing', 'links/gone.jpg')
    await symlink('me.jpg', join(root, 'links', 'me.jpg'))
    expect(await listed('links')).toEqual([
      'folder class a',
      'file class a/two.jpg',
      'folder class b',
      'file class b/two.jpg',
      'folder deep',
      'folder deep/deeper',
      'loop deep/deeper/round',
      'loop deep/self',
      'file file.png',
      'unreadable gone.jpg it is a link to something that does not exist',
      'unreadable me.jpg its links lead in a circle',
    ])
  })

  it('ends where two folders link to each other', async () => {
    for (const [own, other] of ['ab', 'ba']) {
      await put('pair', own, '1.jpg')
      await symlink(join('..', other), join(root, 'pair', own, `to ${other}`))
    }
    expect((await listed('pair')).filter((line) => !line.startsWith('folder'))).toEqual([
      'file a/1.jpg',
      'file a/to b/1.jpg',
      'loop a/to b/to a',
      'file b/1.jpg',
      'file b/to a/1.jpg',
      'loop b/to a/to b',
    ])
  })

  it.runIf(unix)('names pipes and sockets, and does not open them', async () => {
    await mkdir(join(root, 'special'))
    execFileSync('mkfifo', [join(root, 'special', 'a.png')])
    const server = createServer().listen(join(root, 'special', 'b.png'))
    await new Promise((done) => server.once('listening', done))
    expect(await listed('special')).toEqual([
      'unreadable a.png it is a pipe, not a file',
      'unreadable b.png it is a socket, not a file',
    ])
    server.close()
  })

  it.runIf(process.platform === 'linux')('keeps names that are no UTF-8 apart, and their bytes', async () => {
    const bytes = (...codes: (string | number | Buffer)[]) =>
      Buffer.concat(codes.map((code) => (typeof code === 'number' ? Buffer.from([code]) : Buffer.from(code))))
    const folder = bytes(join(root, 'latin'), '/caf', 0xe9)
    await mkdir(folder, { recursive: true })
    await writeFile(bytes(folder, '/1.jpg'), 'x')
    await writeFile(bytes(join(root, 'latin'), '/caf', 0xe8, '.jpg'), 'x')
    const entries = await listFiles(join(root, 'latin'))
    expect(entries.map(({ kind, within, name }) => [kind, ...within, name])).toEqual([
      ['file', 'caf\\xe8.jpg'],
      ['folder', 'caf\\xe9'],
      ['file', 'caf\\xe9', '1.jpg'],
    ])
    expect(entries[2].rawPath!.equals(bytes(folder, '/1.jpg'))).toBe(true)
    expect(entries[2].path).toBe(join(root, 'latin', 'caf\\xe9', '1.jpg'))
  })

  // Root may read everything; nobody may not.
  it.runIf(unix)('keeps a folder that may not be read as one, with the reason', async () => {
    await put('locked/inner/1.jpg')
    await put('locked/z.jpg')
    await chmod(root, 0o755)
    await chmod(join(root, 'locked', 'inner'), 0o000)
    const asNobody = process.getuid!() === 0
    try {
      if (asNobody) process.seteuid!(65534)
      expect(await listed('locked')).toEqual(['folder inner permission denied', 'file z.jpg'])
      await expect(listFolder({ path: join(root, 'locked', 'inner') })).rejects.toThrow(
        /Cannot read the folder '.*inner': permission denied\.$/,
      )
    } finally {
      if (asNobody) process.seteuid!(0)
      await chmod(join(root, 'locked', 'inner'), 0o755)
    }
  })

  it('says what is wrong with the folder itself', async () => {
    await put('plain')
    await expect(listFiles(join(root, 'absent'))).rejects.toThrow(
      /Cannot read the folder '.*absent': it does not exist/,
    )
    await expect(listFiles(join(root, 'plain'))).rejects.toThrow(/Cannot read the folder '.*plain': it is a file/)
    await expect(listFiles('a\0b')).rejects.toThrow(/its name holds a NUL/)
  })
})
