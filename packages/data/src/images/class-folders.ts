import { someOf } from '../some-of'

/** Names of folders that are parts of a data set, not classes, if no other folders lie beside them. */
const partNames = new Set([
  ...['train', 'training', 'val', 'valid', 'validation', 'dev', 'test', 'testing', 'unlabeled', 'unlabelled'],
  ...['eval', 'evaluation', 'holdout', 'pred', 'query', 'gallery'],
  ...['images', 'image', 'imgs', 'img', 'jpegimages', 'masks', 'mask', 'annotations', 'segmentation', 'segmentations'],
  ...['segmentationclass', 'segmentationobject', 'trimaps', 'depth', 'thumbnails'],
  ...['labels', 'label', 'gt', 'groundtruth', 'ground_truth'],
])
/** What may stand beside such a name: `training_set`, `seg_train`, `train2017`, `trainA`. */
const besidePartNames = new Set(['set', 'data', 'dataset', 'split', 'part', 'seg', 'small', 'large', 'full', 'a', 'b'])

/** Whether a folder is named as a part of a data set. */
function isPartName(name: string): boolean {
  if (partNames.has(name.toLowerCase())) return true
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\d\s_.-]+/)
    .filter((word) => word !== '')
  return words.some((word) => partNames.has(word)) && words.every((w) => partNames.has(w) || besidePartNames.has(w))
}

/** Which folders are classes. */
export interface ClassFolders {
  /** How many folders lie between the data set's own and its class folders; null if there are no classes. */
  readonly depth: number | null
  readonly notices: readonly string[]
}

/**
 * Finds the class folders of images: the first level that has at least two folders. A single folder is looked into. So are
 * folders that are all named as parts of a data set (`train`, `test_set`, `val2017`, `images`, `masks`, …). If more images lie
 * beside the class folders than in them, there are no classes.
 *
 * @param images for each image the names of the folders on the way to it
 */
export function findClassFolders(images: readonly (readonly string[])[]): ClassFolders {
  const parts: string[] = []
  const inside: string[] = []
  for (let depth = 0; ; depth++) {
    const inner = images.filter((within) => within.length > depth)
    const folders = new Set(inner.map((within) => within[depth]))
    const here = images.filter((within) => within.length === depth).length
    const isPart = folders.size > 0 && [...folders].every(isPartName)
    if (isPart || (folders.size === 1 && here === 0)) {
      if (isPart) for (const folder of folders) parts.push(folder)
      inside.length = 0
      for (const folder of folders) inside.push(folder)
      continue
    }
    const beside = images.length - inner.length
    if (folders.size < 2 || beside > inner.length)
      return { depth: null, notices: notClasses(parts, folders, inner.length, beside) }
    const among = [...folders].filter(isPartName)
    return {
      depth,
      notices: [
        ...(depth === 0 ? [] : [`the classes are the folders inside of ${someOf(inside)}`]),
        ...(among.length < 2
          ? []
          : [
              `among the classes are ${someOf(among)}, which are named as parts of a data set; one of them may be the data`,
            ]),
      ],
    }
  }
}

/** Notices about folders that might be taken for classes and are not. */
function notClasses(parts: readonly string[], folders: ReadonlySet<string>, inside: number, beside: number): string[] {
  const asked = "classes: 'folders' takes the first sub-folders as classes"
  if (inside > 0)
    return [
      `no labels: ${beside} images lie beside the sub-folders ${someOf([...folders])}, ${inside} in them; ${asked}`,
    ]
  if (parts.length < 2) return []
  return [`no labels: the folders ${someOf(parts)} are named as parts of a data set, not as classes; ${asked}`]
}
