// Fits a method to the digits by the page's recipe in a process of its own, since a process has one ONNX Runtime:
// `node --import tsx fit-digits.ts METHOD BACKEND` prints the labels and the seconds as JSON.
import { onnx } from '@dc/backend-onnx'
import { onnxWeb } from '@dc/backend-onnx/web'
import { initBackend } from '@dc/core'
import { loadOptdigits } from '@dc/data'
import { fit } from '@dc/pipelines'
import type { MethodName } from '../worker/messages'
import { pageRecipe } from '../worker/recipes'

const [method, backend] = process.argv.slice(2) as [MethodName, 'onnx' | 'onnx-web']
const digits = await loadOptdigits()
await initBackend([backend === 'onnx' ? onnx.create({}, {}) : onnxWeb.create({}, {})])
const start = performance.now()
const { labels } = await fit(digits, { method, k: 10, seed: 0, ...pageRecipe(method, digits).options })
console.log(JSON.stringify({ labels: [...labels], seconds: (performance.now() - start) / 1000 }))
