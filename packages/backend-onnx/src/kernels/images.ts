import { constant, node, type Value } from '../graph/value'
import { add, cast, divide, multiply, scalar, subtract, unary } from '../ops/elementwise'
import { reverse, transpose } from '../ops/structure'
import { type Kernel, kernel } from './kernel'

interface Resize {
  alignCorners: boolean
  halfPixelCenters: boolean
  size: [number, number]
}

const channelsFirst = [0, 3, 1, 2]
const channelsLast = [0, 2, 3, 1]

/** Resizes NHWC images by ONNX's `Resize`, whose modes contain tfjs's three ways to place pixels. */
function resize(images: Value, { alignCorners, halfPixelCenters, size }: Resize, mode: 'linear' | 'nearest'): Value {
  const [batch, , , channels] = images.shape
  const centres = halfPixelCenters ? 'half_pixel' : 'asymmetric'
  const shape = [batch, channels, ...size]
  const sizes = constant('int64', [4], BigInt64Array.from(shape, BigInt))
  const numbers = cast(transpose(images, channelsFirst), 'float32')
  const resized = node('Resize', [numbers, null, null, sizes], 'float32', shape, {
    mode,
    coordinate_transformation_mode: alignCorners ? 'align_corners' : centres,
    nearest_mode: alignCorners || halfPixelCenters ? 'round_prefer_ceil' : 'floor',
  })
  return transpose(resized, channelsLast)
}

/** Weights `[large, small]` by which a side of `small` pixels is interpolated to `large` ones. */
function interpolation(small: number, large: number, alignCorners: boolean, mode: 'linear' | 'nearest'): Value {
  const weights = new Float32Array(large * small)
  const shrunk = alignCorners && large > 1 ? 1 : 0
  for (let i = 0; i < large; i++) {
    const position = (small - shrunk) * (i / (large - shrunk))
    if (mode === 'nearest') {
      const nearest = alignCorners ? Math.round(position) : Math.floor(position)
      weights[i * small + Math.min(small - 1, nearest)] += 1
    } else {
      const low = Math.floor(position)
      weights[i * small + low] += 1 - (position - low)
      weights[i * small + Math.min(small - 1, low + 1)] += position - low
    }
  }
  return constant('float32', [large, small], weights)
}

/** Gradient of a resize: its two matrices, one per side, turned around. */
function resizeGradient(dy: Value, images: Value, alignCorners: boolean, mode: 'linear' | 'nearest'): Value {
  const [batch, height, width, channels] = images.shape
  const [, outHeight, outWidth] = dy.shape
  const across = interpolation(width, outWidth, alignCorners, mode)
  const down = transpose(interpolation(height, outHeight, alignCorners, mode), [1, 0])
  const rows = node('MatMul', [transpose(dy, channelsFirst), across], 'float32', [batch, channels, outHeight, width])
  return transpose(node('MatMul', [down, rows], 'float32', [batch, channels, height, width]), channelsLast)
}

export const imageKernels: readonly Kernel[] = [
  kernel<Resize>('ResizeBilinear', ({ images }, attributes) => resize(images, attributes, 'linear')),
  kernel<Resize>('ResizeNearestNeighbor', ({ images }, attributes) => resize(images, attributes, 'nearest')),
  kernel<Resize>('ResizeBilinearGrad', ({ dy, images }, { alignCorners }) =>
    resizeGradient(dy, images, alignCorners, 'linear'),
  ),
  kernel<Resize>('ResizeNearestNeighborGrad', ({ dy, images }, { alignCorners }) =>
    resizeGradient(dy, images, alignCorners, 'nearest'),
  ),
  kernel('FlipLeftRight', ({ image }) => reverse(image, [2])),
  kernel<{ varianceEpsilon?: number }>('FusedBatchNorm', (inputs, { varianceEpsilon = 0.001 }) => {
    const { x, mean, variance, offset, scale } = inputs
    const deviation = unary('Sqrt', add(variance, scalar('float32', varianceEpsilon)))
    const factor = scale ? divide(scale, deviation) : divide(scalar('float32', 1), deviation)
    const scaled = multiply(subtract(x, mean), factor)
    return offset ? add(scaled, offset) : scaled
  }),
]
