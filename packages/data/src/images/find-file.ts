import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { DataError } from '@dc/core'

/**
 * The path of a file in the first of several folders that has it.
 *
 * @throws DataError naming the file and the folders
 */
export async function findFile(folders: readonly string[], name: string): Promise<string> {
  for (const folder of folders) {
    const path = join(folder, name)
    const found = await access(path).then(
      () => true,
      () => false,
    )
    if (found) return path
  }
  throw new DataError(`'${name}' is not in '${folders.join("' or '")}'.`, { name, folders })
}
