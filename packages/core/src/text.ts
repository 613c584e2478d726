// Text from outside: in messages, and in files that people open. It needs nothing else of this package.
export * from './csv-field'
export * from './printable'
