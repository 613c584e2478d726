/** Colours of light and of dark ground; paper is light. A page that sets one of them has its own. */
export const colours = `
:where(:root) {
  color-scheme: light dark;
  --paper: #f6f7f9; --card: #ffffff; --ink: #1b2130; --muted: #5d6677; --line: #e3e7ee;
  --accent: #2f5fd0; --on-accent: #ffffff; --wrong: #d4552f; --edge: #8a94a6; --cell: #f1f3f7; --good: #1d7f4f; --soft: #eaf0fd;
  --shadow: 0 1px 2px rgb(20 30 60 / .05), 0 6px 24px rgb(20 30 60 / .05);
}
@media screen and (prefers-color-scheme: dark) {
  :where(:root) {
    --paper: #10141c; --card: #181e29; --ink: #e8ecf4; --muted: #9aa5b8; --line: #2a3343;
    --accent: #7ea4ff; --on-accent: #0d1424; --wrong: #ff8a66; --edge: #66728a; --cell: #202836; --good: #6fd3a1; --soft: #1d2940;
    --shadow: none;
  }
}
`
