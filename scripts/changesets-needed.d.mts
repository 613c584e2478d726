export function fingerprint(folder: string): string
export function fingerprints(root: string): Record<string, string>
export function named(root: string): Set<string>
export function unnamed(root: string): string[]
