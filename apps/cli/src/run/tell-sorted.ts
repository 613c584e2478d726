import { type Dataset, printable } from '@dc/core'
import type { Narrator } from '../terminal/narrator'
import { type SortTarget, sortFiles } from './sort-files'

/** Sorts the files of a data set by their clusters, and tells how far it is and where they are. */
export async function tellSorted(
  target: SortTarget,
  dataset: Dataset,
  labels: Int32Array,
  { note }: Pick<Narrator, 'note'>,
  signal?: AbortSignal,
): Promise<{ path: string; files: number; folders: string[] }> {
  const many = 1000
  const onProgress = (done: number, total: number) => {
    if (total >= many && done % Math.ceil(total / 10) === 0 && done < total) note(`sorted ${done} of ${total} files`)
  }
  const { files, folders } = await sortFiles(target, dataset, labels, { signal, onProgress })
  const did = target.how === 'copy' ? 'copied' : 'linked'
  note(`${did} ${files} files into ${folders.size} folders of ${printable(target.path, 500)}`)
  return { path: target.path, files, folders: [...folders.values()] }
}
