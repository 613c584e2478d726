import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { DataError, fileReason, quoted } from '@dc/core/plugin'

/**
 * The path of a file in the first of several folders that contains it.
 *
 * @throws DataError naming the file and the folders, if no folder contains the file or one may not be read
 */
export async function findFile(folders: readonly string[], name: string): Promise<string> {
  for (const folder of folders) {
    const path = join(folder, name)
    try {
      await access(path)
      return path
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOENT' && code !== 'ENOTDIR')
        throw new DataError(`Cannot read ${quoted(path)}: ${fileReason(error)}.`, { path }, error)
    }
  }
  throw new DataError(`${quoted(name)} is not in ${folders.map((folder) => quoted(folder)).join(' or ')}.`, {
    name,
    folders,
  })
}
