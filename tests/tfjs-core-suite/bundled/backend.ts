// Tells the suite which backend it tests.
import { plugins } from '@dc/backend-onnx'
import { cpu } from '@dc/core'
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util'

const candidates = [cpu, ...plugins].map((plugin) => plugin.create({}, {}))
const name = process.argv[2]
const chosen = candidates.find((candidate) => candidate.name === name)
if (!chosen) throw new Error(`no backend '${name}' to test; there are ${candidates.map((c) => c.name).join(', ')}`)

setTestEnvs([{ name, backendName: name, isDataSync: true }])

/** Registers the backend; the suite makes it anew for every group of tests. */
export const activate = () => chosen.activate()
