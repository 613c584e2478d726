// Features of pictures by the encoder that ships: the whole way from values to features, beside the same network in PyTorch.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@dc/core'
import { efficientnetLite0, facts } from '@dc/encoder-efficientnet-lite0'
import { type BenchResult, compare, defineBench, inTurn, measure, runPeer } from '../frame.ts'

interface Peer {
  ms: number
  peak_mb: number
}

export default defineBench({
  name: 'encoder',
  description: 'features of pictures by EfficientNet-Lite0, beside PyTorch: speed, memory, agreement',
  async run(context): Promise<BenchResult[]> {
    const count = context.quick ? 8 : 64
    const name = `EfficientNet-Lite0, 224×224, ${count} pictures in batches of 8: features`
    if (!context.wants(name)) return []
    const folder = mkdtempSync(join(tmpdir(), 'dc-encoder-'))
    const encoder = await efficientnetLite0()
    try {
      const { size, features } = facts
      const values = createRandom(0).uniforms(count * size * size * 3)
      writeFileSync(join(folder, 'images'), values)
      const batch = encoder.batchSize * size * size * 3
      const run = async () => {
        const found = new Float32Array(count * features)
        for (let at = 0; at < values.length; at += batch)
          found.set(await encoder.encode(values.subarray(at, at + batch)), (at / (size * size * 3)) * features)
        return found
      }
      const found = await run()
      const memory = Math.round(process.resourceUsage().maxRSS / 1024)
      const rounds = context.quick ? 1 : 3
      const { ours: times, peers } = await inTurn(
        rounds,
        () => measure(run, { repeats: 1, warmup: 0 }),
        () => {
          context.log('PyTorch')
          return runPeer<Peer>(context, 'encoder.py', [
            folder,
            count,
            encoder.batchSize,
            ...[facts.mean[0], facts.deviation[0]],
          ])
        },
      )
      const ours = Math.min(...times)
      const peer = peers.length > 0 ? { ...peers[0], ms: Math.min(...peers.map(({ ms }) => ms)) } : null
      const quality = {
        'pictures per second': Number(((1000 * count) / ours).toFixed(1)),
        'peak memory, MB': memory,
        ...(peer && {
          'peak memory of PyTorch, MB': peer.peak_mb,
          'features differ by, of their length': furthest(found, readFileSync(join(folder, 'features')), features),
        }),
      }
      return [compare(name, ours, { pytorch: peer?.ms ?? null }, { quality })]
    } finally {
      encoder.dispose?.()
      rmSync(folder, { recursive: true })
    }
  },
})

/** The largest distance of a row from the peer's, as a share of its length. */
function furthest(ours: Float32Array, bytes: Buffer, width: number): number {
  const theirs = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  let most = 0
  for (let row = 0; row < ours.length; row += width) {
    let [difference, length] = [0, 0]
    for (let at = row; at < row + width; at++) {
      difference += (ours[at] - theirs[at]) ** 2
      length += theirs[at] ** 2
    }
    most = Math.max(most, Math.sqrt(difference / length))
  }
  return most
}
