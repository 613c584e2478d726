/**
 * A text without the user and password of the addresses in it.
 *
 * @example
 * withoutSecrets('--queue redis://ann:secret@host:6379') // '--queue redis://***@host:6379'
 */
export function withoutSecrets(text: string): string {
  // A password may hold any sign but what ends an address; the last @ before its path is the one that counts.
  // It is looked for behind `://`, not from the scheme on: a long word would be tried from each of its letters.
  return text.replace(/(?<=:\/\/)[^\s'"/?#]*@/g, '***@')
}
