/** A file: its path, in Node; or one that was dropped on a page or chosen there, a `File`. */
export type FileSource = string | (Blob & { readonly name: string })

/** What messages call a file: its path, or the name that a page knows. */
export const sourceName = (file: FileSource): string => (typeof file === 'string' ? file : file.name)

/** The last part of a path, without a module of Node. */
export function baseName(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '')
  return parts.at(-1) ?? path
}
