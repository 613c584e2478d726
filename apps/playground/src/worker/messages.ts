import type { FileOptions } from '@dc/data/formats'
/** Where the rows are from. */
export type Source =
  | { readonly kind: 'digits' }
  | { readonly kind: 'files'; readonly files: readonly File[]; readonly options: FileOptions }

/** What is fitted. */
export interface Task {
  readonly method: MethodName
  readonly k: number | 'auto'
  readonly seed: number
  /** The backend that trains; by default the best that runs here. */
  readonly backend?: string
}

export const methodNames = ['kmeans', 'spectral', 'leiden', 'bootsc', 'otdc', 'sp2ot'] as const
export type MethodName = (typeof methodNames)[number]

/** What the worker is asked for. */
export type Request =
  | { readonly ask: 'read'; readonly source: Source }
  | ({ readonly ask: 'fit' } & Task)
  /** The training ends after this epoch, and the rows are labelled. */
  | { readonly ask: 'stop' }

/** What is known of the rows that were read. */
export interface Summary {
  readonly name: string
  readonly rows: number
  /** Of one row: `8 × 8 pixels`, `384 numbers`. */
  readonly form: string
  readonly noun: 'image' | 'row'
  readonly classNames?: readonly string[]
  readonly truth?: Int32Array
  readonly rowNames?: readonly string[]
  /** Names of the columns of a table. */
  readonly columns?: readonly string[]
  readonly notices: readonly string[]
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[]
  readonly sheets?: Sheets
}

/** Small pictures of the rows, side by side on sheets. */
export interface Sheets {
  readonly side: number
  /** Whether pixels are to be seen. */
  readonly pixels: boolean
  readonly across: number
  readonly perSheet: number
  readonly images: readonly ImageBitmap[]
}

/** Where the rows are while something is learned, and how they are labelled. */
export interface Frame {
  /** `[rows, 2]` in the unit square. */
  readonly map: Float64Array
  readonly labels: Int32Array
}

/** Labels by one method, for the table. */
export interface Compared {
  readonly name: string
  readonly labels: Int32Array
}

export interface Outcome extends Frame {
  readonly task: Task
  readonly k: number
  readonly certainty: Float64Array
  readonly mapMethod: string
  /** Where nothing is trained. */
  readonly beside: readonly Compared[]
  readonly notes: readonly string[]
  /** Whether the training was ended before its last epoch. */
  readonly stopped: boolean
  readonly seconds: number
  readonly epochs: number
  /** Seconds of an epoch without the map, the median; absent where nothing is trained. */
  readonly epochSeconds?: number
  readonly backend: string
  readonly model: Uint8Array<ArrayBuffer>
}

/** What the worker tells. */
export type Report =
  | { readonly tell: 'read'; readonly summary: Summary }
  | {
      readonly tell: 'progress'
      readonly phase: string
      readonly done?: number
      readonly total?: number
      /** Seconds to the end of the phase. */
      readonly left?: number
      readonly loss?: number
    }
  | { readonly tell: 'frame'; readonly frame: Frame }
  | { readonly tell: 'backend'; readonly description: string; readonly passedOver: readonly string[] }
  | { readonly tell: 'done'; readonly outcome: Outcome }
  | { readonly tell: 'failed'; readonly message: string }
