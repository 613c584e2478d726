// What of @dc/spectral computes with tensors, and needs TensorFlow.js.
export { type NewtonSchulzParts, newtonSchulzParts } from './polar/newton-schulz'
export { type PolarFactorOptions, polarFactor } from './polar/polar-factor'
