import { type FileMetaData, parquetSchema, type SchemaElement, type SchemaTree } from 'hyparquet'

/** What the cells of a column are, as far as it matters for features and labels. */
export type ColumnKind = 'number' | 'list' | 'json' | 'time' | 'text' | 'truth' | 'other'

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string
  readonly kind: ColumnKind
  /** For messages: `TIMESTAMP`, `lists of text`. */
  readonly typeName: string
  /** Whether float32 holds every value of its type. */
  readonly single: boolean
  /** The schema reduced to this column. */
  readonly schema: SchemaElement[]
  /** Its place among the columns of a group of rows. A column of several parts has no kind that is read. */
  readonly part: number
  readonly element: SchemaElement
  /** How deeply its values are optional and repeated; levels are written accordingly. */
  readonly levels: { readonly definition: number; readonly repetition: number }
}

/**
 * The columns of a file.
 *
 * @param durations names of columns that hold durations, which Parquet itself does not know
 */
export function describeColumns(metadata: FileMetaData, durations: ReadonlySet<string>): ParquetColumn[] {
  const root = metadata.schema[0]
  let [at, part] = [1, 0]
  return parquetSchema(metadata).children.map((tree) => {
    const elements = metadata.schema.slice(at, at + tree.count).map(withDecimals)
    const first = part
    part += elements.filter(({ num_children }) => !num_children).length
    at += tree.count
    const chain = chainOf(tree)
    const element = withDecimals((chain?.at(-1) ?? tree).element)
    const repeated = chain?.filter(isRepeated).length ?? 0
    const [kind, typeName] = kindOf(tree, element, chain, repeated)
    const isDuration = durations.has(tree.element.name) && kind === 'number'
    return {
      name: tree.element.name,
      kind: isDuration ? 'time' : kind,
      typeName: isDuration ? 'duration' : typeName,
      single: isSingle(element),
      schema: [{ ...root, num_children: 1 }, ...elements],
      part: first,
      element,
      levels: {
        definition: chain?.filter((node) => node.element.repetition_type !== 'REQUIRED').length ?? 0,
        repetition: repeated,
      },
    }
  })
}

/** The path from the column down to its only leaf; null if the column branches. */
function chainOf(tree: SchemaTree): SchemaTree[] | null {
  const chain = [tree]
  for (let node = tree; node.children.length > 0; chain.push((node = node.children[0])))
    if (node.children.length > 1) return null
  return chain
}

const isRepeated = ({ element }: SchemaTree) => element.repetition_type === 'REPEATED'

function kindOf(
  tree: SchemaTree,
  leaf: SchemaElement,
  chain: SchemaTree[] | null,
  repeated: number,
): [ColumnKind, string] {
  if (!chain) return ['other', tree.element.converted_type === 'MAP' ? 'map' : 'struct']
  const [kind, typeName] = leafKind(leaf)
  if (chain.length === 1 && repeated === 0) return [kind, typeName]
  // A list is a group marked as one around one repeated level, or a repeated value alone.
  const isList =
    tree.element.converted_type === 'LIST' || tree.element.logical_type?.type === 'LIST' || isRepeated(tree)
  const isFlat = repeated === 1 && chain.length <= 3
  if (!isList || !isFlat) return ['other', isList ? `nested lists of ${typeName}` : `struct of ${typeName}`]
  return [kind === 'number' || kind === 'truth' ? 'list' : 'other', `lists of ${typeName}`]
}

function leafKind({ type, type_length, converted_type, logical_type }: SchemaElement): [ColumnKind, string] {
  const logical: string | undefined = logical_type?.type
  const named = logical ?? converted_type
  const times = [
    'DATE',
    'TIME',
    'TIMESTAMP',
    'TIME_MILLIS',
    'TIME_MICROS',
    'TIMESTAMP_MILLIS',
    'TIMESTAMP_MICROS',
    'INTERVAL',
  ]
  if (type === 'INT96') return ['time', 'TIMESTAMP (INT96)']
  for (const name of [logical, converted_type]) if (name && times.includes(name)) return ['time', name]
  if (logical === 'NULL') return ['other', 'nulls']
  if (converted_type === 'JSON' || logical === 'JSON') return ['json', 'JSON']
  if (converted_type === 'DECIMAL') return ['number', 'DECIMAL']
  if (type === 'BOOLEAN') return ['truth', 'BOOLEAN']
  if (logical === 'FLOAT16' && type === 'FIXED_LEN_BYTE_ARRAY' && type_length === 2) return ['number', 'FLOAT16']
  if (type === 'FIXED_LEN_BYTE_ARRAY') return ['other', named ?? 'binary']
  if (type === 'BYTE_ARRAY')
    return named === undefined || ['STRING', 'UTF8', 'ENUM'].includes(named) ? ['text', 'text'] : ['other', named]
  return type === undefined ? ['other', 'struct'] : ['number', logical === 'INTEGER' || !named ? type : named]
}

/** Marks decimal numbers in the older of two ways: hyparquet knows no other. */
function withDecimals(element: SchemaElement): SchemaElement {
  const { logical_type: logical } = element
  return logical?.type === 'DECIMAL' ? { ...element, converted_type: 'DECIMAL', scale: logical.scale } : element
}

function isSingle({ type, converted_type, logical_type }: SchemaElement): boolean {
  if (converted_type === 'DECIMAL') return false
  if (type === 'FLOAT' || type === 'BOOLEAN' || logical_type?.type === 'FLOAT16') return true
  return logical_type?.type === 'INTEGER' ? logical_type.bitWidth <= 16 : /INT_(8|16)$/.test(converted_type ?? '')
}
