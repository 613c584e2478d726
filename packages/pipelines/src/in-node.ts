import { DcError, hasNodeModule } from '@dc/core'

/**
 * A package for Node, loaded when it is needed. Its name is hidden from bundlers, which would put it into a page.
 *
 * @param neededFor what cannot be done without it, as the beginning of a sentence
 * @throws DcError in a page
 */
export async function inNode<Module>(name: string, neededFor: string): Promise<Module> {
  if (!hasNodeModule('node:fs')) throw new DcError(`${neededFor} needs Node.js; in a page give the bytes or the rows.`)
  return (await import(/* @vite-ignore */ name)) as Module
}
