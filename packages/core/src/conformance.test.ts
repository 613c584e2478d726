import { describe, it } from 'vitest'
import { cpu, wasm } from './backends'
import { testBackend } from './testing'

testBackend({ describe, it }, 'cpu', () => cpu.create({}, {}).activate())
testBackend({ describe, it }, 'wasm', () => wasm.create({}, {}).activate())
