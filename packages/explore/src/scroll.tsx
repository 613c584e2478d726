/** Something wide, such as a table, that scrolls by itself where it has no room. */
export function Scroll({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: sections are the cards of the page.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a mouse it is scrolled by its focus.
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  )
}
