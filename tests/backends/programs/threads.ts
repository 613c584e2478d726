// Trains at the same time on the main thread and on two workers, each with a backend of its own; prints their losses.
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { activateOnnx } from '@dc/backend-onnx'
import { trainSteps } from '../train-step'

const steps = 8

async function train(): Promise<number[]> {
  await activateOnnx({ threads: 1, spinning: false })
  return trainSteps(steps)
}

function inWorker(): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(process.argv[1])
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

async function main(): Promise<void> {
  if (isMainThread) console.log(JSON.stringify(await Promise.all([inWorker(), inWorker(), train()])))
  else parentPort?.postMessage(await train())
}

main()
