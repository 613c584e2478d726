import { readFileSync } from 'node:fs'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'

/**
 * What `attw --profile esm-only` finds wrong with a tarball: `NoResolution of . by node16-esm`. The packages are ES modules, so that
 * finding them by `require` of old Nodes, or without `exports`, is no fault.
 */
export async function typeFaults(tarball: string): Promise<string[]> {
  const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))))
  if (!checked.types) return ['no types']
  return checked.problems.flatMap((problem) => {
    const by = 'resolutionKind' in problem ? problem.resolutionKind : 'any way'
    if (by === 'node10' || by === 'node16-cjs') return []
    return [`${problem.kind} of ${'entrypoint' in problem ? problem.entrypoint : 'the package'} by ${by}`]
  })
}
