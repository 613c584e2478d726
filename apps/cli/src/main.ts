import { main } from './cli'
import { hideSecrets } from './terminal/hide-secrets'
import { forgiveClosedReaders, interruption, leave } from './terminal/process'

forgiveClosedReaders()
hideSecrets()
const self = [process.execPath, ...process.execArgv, process.argv[1]]
leave(await main(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr, interruption, self }))
