/** Jobs say all their settings; and the address of a queue, which may hold a password, is nothing for their processes. */
export const withoutChoices = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('DCLUST_')))
