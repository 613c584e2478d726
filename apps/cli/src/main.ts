import { main } from './cli'
import { forgiveClosedReaders, interruption, leave } from './terminal/process'

forgiveClosedReaders()
leave(await main(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr, interruption }))
