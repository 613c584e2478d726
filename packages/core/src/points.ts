// Rows of numbers on typed arrays, and what is measured between them. Needs no tensors: `@dc/metrics` runs on it in a browser.
export * from './points/centred-rows'
export * from './points/matrix'
export type * from './points/products'
export * from './points/rows'
export * from './points/squared-distance'
export * from './points/unit-rows'
