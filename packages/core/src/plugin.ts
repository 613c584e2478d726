// The part of @dc/core that needs no tensors: plugins, registry, errors. `@dc/metrics` runs on it in a browser.
export { checkPlugin } from './check-plugin'
export * from './define-plugin'
export * from './errors'
export type * from './kinds'
export * from './peer'
export type * from './plugin-form'
export * from './registry'
