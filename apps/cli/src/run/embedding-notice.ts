const gibibyte = 2 ** 30

/**
 * What is told of rows whose embeddings take much memory, which a run of a trained method holds while it labels them; undefined if
 * they do not.
 *
 * @param rows that are labelled
 * @param width numbers of an embedding
 */
export function embeddingNotice(rows: number, width: number): string | undefined {
  const bytes = 4 * rows * width
  if (bytes < gibibyte) return undefined
  const size = `${(bytes / gibibyte).toFixed(1)} GiB`
  return `once it is trained, the embeddings of ${rows.toLocaleString('en-US')} rows, ${width} numbers each, take ${size} of memory, and some more while they are clustered; where that is too much, train on a part of the rows and label all by dclust predict, which holds a label for each`
}
