// The last step of the build, on the declarations. TypeScript's bundler of declarations cannot say either of these things.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('dist/', import.meta.url))
const change = (name, text) => writeFileSync(dist + name, text(readFileSync(dist + name, 'utf8')))

// `x.add(y)` is declared in a file of its own, which TensorFlow.js leaves to its user to import.
const chained = "import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';\n"
change('index.d.ts', (text) => chained + text)

// TensorFlow.js is an optional peer of the entries that need no tensors; without it the tensors in their types are `any`.
const tensors = /^import \* as tf from '@tensorflow\/tfjs-core';$/m
const shared = readdirSync(dist).filter((name) => /^kinds-.*\.d\.ts$/.test(name))
if (shared.length !== 1) throw new Error(`the declarations of the kinds are in [${shared}]; expected one file`)
change(shared[0], (text) => {
  if (!tensors.test(text)) throw new Error(`${shared[0]} does not import the tensors' types`)
  return text.replace(tensors, '// @ts-ignore: an optional peer\n$&')
})
