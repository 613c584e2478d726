export {} from './testing/conformance'
export * from './testing/leaks'
