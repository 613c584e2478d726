// Makes Jasmine's functions global, as the suite expects them.
import jasmineRequire, { type Environment } from 'jasmine-core/lib/jasmine-core/jasmine.js'

const jasmine = jasmineRequire.core(jasmineRequire)
export const env: Environment = jasmine.getEnv()
Object.assign(globalThis, jasmineRequire.interface(jasmine, env), { jasmine })
