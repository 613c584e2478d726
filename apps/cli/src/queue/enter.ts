import { DataError, quoted } from '@dc/core'

/** Goes to the folder in which a job was asked for. @throws DataError if this machine has none of this name */
export function enter(folder: string): void {
  try {
    process.chdir(folder)
  } catch (error) {
    throw new DataError(
      `The folder ${quoted(folder)}, in which the job was asked for, is not on this machine; all machines must have the same paths.`,
      { folder },
      error,
    )
  }
}
