/**
 * A text without the users, passwords and queries of the addresses in it.
 *
 * @example
 * withoutSecrets('--queue redis://ann:secret@host:6379') // '--queue redis://***@host:6379'
 */
export function withoutSecrets(text: string): string {
  // One address alone, or as a flag has it: a password may hold any sign there.
  const alone = /^((?:--?[\w-]+=)?rediss?:\/\/)(.*)$/is.exec(text)
  if (alone) return `${alone[1]}${withoutUser(alone[2])}`
  // Among other words it ends at a blank or a quotation mark. Of other addresses, whose parts may hold an @, it ends with the host.
  return text.replace(/(?<=rediss?:\/\/)[^\s'"]+/gi, withoutUser).replace(/(?<=:\/\/)[^\s'"/?#]*@/g, '***@')
}

/** What follows `redis://`: the last @ is the one that counts, and ioredis takes passwords from the query too. */
function withoutUser(address: string): string {
  const at = address.lastIndexOf('@')
  const place = address.slice(at + 1).replace(/[?#].*$/s, '?***')
  return `${at < 0 ? '' : '***@'}${place}`
}
