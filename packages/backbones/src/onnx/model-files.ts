import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { loadRuntime, Session } from '@dc/backend-onnx/model'
import { DataError, fileReason, quoted } from '@dc/core'
import { checksum, fileChecksum } from '@dc/core/cache'
import { externalFiles } from './external-files'

/** A model's files. */
export interface ModelFiles {
  readonly path: string
  /** Checksums of the model and of every file of its weights, which it names. */
  readonly checksums: readonly string[]
}

/** @throws DataError if the model, or a file of its weights, cannot be read */
export async function readModel(path: string): Promise<ModelFiles> {
  const bytes = await readFile(path).catch((error) => {
    throw new DataError(`Cannot read the model ${quoted(path)}: ${fileReason(error)}.`, { model: path }, error)
  })
  const checksums = [checksum(bytes)]
  for (const file of externalFiles(bytes, path)) {
    const sum = await fileChecksum(file)
    if (sum === null)
      throw new DataError(`The model ${quoted(path)} has weights in ${quoted(file)}, which cannot be read.`, {
        model: path,
        file,
      })
    checksums.push(sum)
  }
  return { path: resolve(path), checksums }
}

/** If ONNX Runtime cannot load a model, the file is at fault, unless ONNX Runtime itself is missing. */
export function openModel(path: string, { threads, model }: { threads?: number; model: string }): Session {
  loadRuntime()
  try {
    return new Session(path, threads === undefined ? {} : { threads })
  } catch (error) {
    throw new DataError(`The model ${quoted(model)} cannot be loaded. ${(error as Error).message}`, { model }, error)
  }
}
