const core = (type: string) => `import('@dc/core').${type}`
const tensor = (rank: number) => core(`tf.Tensor${rank}D`)
const matrix = "import('@dc/spectral').Matrix"
const bundler = '(name: string, run: () => void) => void'

const plugin = (kind: string, name: string, product: string, options: string) =>
  `import('@dc/core').Plugin<'${kind}', '${name}', import('zod').ZodType<unknown, ${options}>, ${product}>`

/**
 * What an example may speak of without making it: values by name, with their types, everywhere and in one package.
 * A value that starts with `import` is the line that brings it.
 */
export const givens: Record<string, Record<string, string>> = {
  everywhere: {
    random: core('Random'),
    dataset: core('Dataset'),
    batch: core('Batch'),
    pipeline: core('Pipeline'),
    progress: core('Progress'),
    network: core('Layer'),
    registry: 'ReturnType<typeof import("@dc/pipelines").assemble>',
    context: core('CreateContext'),
    scores: tensor(2),
    targets: tensor(2),
    logits: tensor(2),
    embedding: tensor(2),
    centroids: tensor(2),
    x: tensor(2),
    y: tensor(2),
    w: core('tf.Variable<import("@dc/core").tf.Rank.R2>'),
    gradient: tensor(2),
    labels: 'Int32Array',
    truth: 'Int32Array',
    rows: 'number',
    columns: 'number',
    step: 'number',
    steps: 'number',
    values: 'Float32Array',
    bytes: 'Uint8Array',
    z: "import { z } from 'zod'",
    describe: bundler,
    it: bundler,
    join: "import { join } from 'node:path'",
    writeFile: "import { writeFile } from 'node:fs/promises'",
    writeFileSync: "import { writeFileSync } from 'node:fs'",
  },
  '@dc/cli': {
    brier: plugin(
      'loss',
      'brier',
      "import('@dc/core').Loss<import('@dc/losses').SwappedInputs>",
      '{ weight?: number }',
    ),
    agreement: plugin('pipeline', 'agreement', "import('@dc/core').Pipeline", '{ k: number }'),
  },
  '@dc/backbones': { x: core('tf.Tensor'), photos: core('Dataset'), shape: '[number, number, number]' },
  '@dc/backend-onnx': { data: 'Float32Array', model: 'Uint8Array' },
  '@dc/core': { costs: tensor(2), myEncoder: `(options: object) => ${core('Encoder')}` },
  '@dc/data': {
    photos: core('Dataset'),
    encoder: core('Encoder'),
    digits: 'import("@dc/data").MemoryDataset & { labels: Int32Array }',
  },
  '@dc/losses': { embed: `(x: ${core('tf.Tensor')}) => ${tensor(2)}`, x: tensor(2), labels: 'Int32Array' },
  '@dc/metrics': { embedding: 'number[][]' },
  '@dc/ot-sinkhorn': {
    cost: 'Float64Array',
    problem: "import('@dc/ot-sinkhorn').TransportProblem",
    similarity: core('SparseRows'),
    distances: tensor(2),
    samples: tensor(2),
    target: tensor(2),
    sumOverWorkers: '(columns: Float64Array) => void',
  },
  '@dc/spectral': {
    points: matrix,
    embeddings: matrix,
    centroids: matrix,
    more: matrix,
    shard: matrix,
    shards: `${matrix}[]`,
    graph: core('SparseRows'),
    similarity: core('SparseRows'),
  },
  '@dc/trainer': { w: core('tf.Variable'), gradient: core('tf.Tensor') },
}
