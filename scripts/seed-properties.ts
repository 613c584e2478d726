import fc from 'fast-check'

// Property tests try the same cases in every run: a failure must not come and go. `SEED=7 npx vitest run …` tries others.
// biome-ignore lint/suspicious/noUndeclaredEnvVars: tests do not run in turbo.
fc.configureGlobal({ seed: Number(process.env.SEED ?? 0) })
