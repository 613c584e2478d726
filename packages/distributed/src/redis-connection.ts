import { DcError, importPeer, OptionError, quoted, rethrow } from '@dc/core/plugin'
import type { Redis } from 'ioredis'
import { withoutSecrets } from './secrets'

/** A connection, and how its server is named to people. */
export interface RedisConnection {
  readonly client: Redis
  /** The address without user and password. */
  readonly name: string
}

const connectTimeout = 10_000

/**
 * Connects to a Redis server, and looks whether it can hold a queue. Once connected, it connects again as often as it has to.
 *
 * @param address `redis://[user:password@]host[:port][/database]`, `rediss://…` with TLS
 * @throws OptionError for an address that is none; DcError if the server cannot be reached, refuses, or may drop what it holds;
 *   MissingPeerError
 */
export async function connectRedis(address: string): Promise<RedisConnection> {
  const name = checkedName(address)
  const { Redis } = await importPeer('ioredis', () => import('ioredis').catch(rethrow), `A queue at ${name}`)
  let connected = false
  let last: Error | undefined
  const client = new Redis(address, {
    lazyConnect: true,
    connectTimeout,
    maxRetriesPerRequest: null,
    // A first failure is told; later ones are waited out.
    retryStrategy: (times) => (connected ? Math.min(100 * times, 2000) : null),
  })
  client.on('error', (error: Error) => {
    last = error
  })
  try {
    await client.connect()
    await client.ping()
    connected = true
    await checkPolicy(client, name)
    return { client, name }
  } catch (error) {
    client.disconnect()
    if (DcError.isInstance(error)) throw error
    throw new DcError(`Redis at ${name}: ${reasonOf(last ?? error)}.`, { address: name })
  }
}

/** @throws OptionError; never with what stands before the host */
function checkedName(address: string): string {
  const shown = withoutSecrets(address)
  const allowed =
    'redis://host:6379, or rediss://host:6379 for TLS; user and password go before the host, percent-encoded, and nothing follows the number of the database'
  let url: URL
  try {
    url = new URL(address)
  } catch {
    throw new OptionError('address of the queue', shown, allowed)
  }
  if (
    !/^rediss?:$/.test(url.protocol) ||
    url.hostname === '' ||
    !/^(\/\d*)?$/.test(url.pathname) ||
    url.search + url.hash
  )
    throw new OptionError('address of the queue', shown, allowed)
  return `${url.protocol}//${url.host}${url.pathname}`
}

async function checkPolicy(client: Redis, name: string): Promise<void> {
  const policy = /^maxmemory_policy:(\S+)/m.exec(await client.info('memory'))?.[1]
  if (policy === undefined || policy === 'noeviction') return
  throw new DcError(
    `Redis at ${name} may drop jobs when its memory is full (maxmemory-policy ${policy}). Set it: redis-cli config set maxmemory-policy noeviction, and the same in redis.conf.`,
    { policy },
  )
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'there is no host of this name',
    EAI_AGAIN: 'the name of the host cannot be looked up',
    ETIMEDOUT: 'no answer',
    DEPTH_ZERO_SELF_SIGNED_CERT:
      'its certificate is signed by itself; name the file of who signed it in NODE_EXTRA_CA_CERTS',
    SELF_SIGNED_CERT_IN_CHAIN:
      'its certificate is signed by nobody known; name the file of who signed it in NODE_EXTRA_CA_CERTS',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      'its certificate is signed by nobody known; name the file of who signed it in NODE_EXTRA_CA_CERTS',
  }
  if (code !== undefined && reasons[code]) return reasons[code]
  if (/WRONGPASS|invalid password/.test(message)) return 'user or password is wrong'
  if (/NOAUTH/.test(message))
    return 'it asks for a password: redis://:password@host; DCLUST_QUEUE keeps it off the command line'
  if (/NOPERM/.test(message)) return `this user may not do what is needed (${quoted(message)})`
  return quoted(withoutSecrets(message))
}
