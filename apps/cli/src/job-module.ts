/** The module of {@link jobKinds}, beside this one in the sources and in the build. */
export const jobModule = new URL(import.meta.url.endsWith('.ts') ? './job-kinds.ts' : './job-kinds.js', import.meta.url)
