import { nodeModule } from './node-module'

/** A SHA-256 that is fed part by part. Web Cryptography has none that is synchronous, so this is Node's. */
export const sha256 = () => nodeModule<typeof import('node:crypto')>('node:crypto', 'A checksum').createHash('sha256')
