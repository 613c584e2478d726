import { explorerStyle, partStyle } from '@dc/explore/parts'

/** The page's style sheet: system fonts, one column, colours that turn with the reader's light or dark setting. */
export const style = `
${explorerStyle}
${partStyle}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 40px 24px 64px; }
h1 { font-size: clamp(1.6rem, 1.2rem + 1.9vw, 2.35rem); line-height: 1.15; letter-spacing: -.02em; margin: 0 0 10px; text-wrap: balance; }
h2 { font-size: 1.2rem; letter-spacing: -.01em; margin: 0 0 4px; }
h3 { font-size: .95rem; margin: 0; }
p { margin: 0 0 12px; max-width: 72ch; }
a { color: var(--accent); }
[hidden] { display: none !important; }
.map-section { scroll-margin-top: 8px; }
h1, h2, .eyebrow, .lead, .note, figcaption, .legend { overflow-wrap: anywhere; }
.eyebrow { color: var(--muted); font-size: .85rem; margin: 0 0 8px; }
.lead { color: var(--muted); font-size: 1.02rem; margin-bottom: 0; }
.note { color: var(--muted); font-size: .88rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shadow);
  padding: 22px 24px 24px; margin-top: 20px; }
.headline { padding: 0; overflow: hidden; }
.headline td, .headline tbody th { padding: 14px 24px; font-size: 1.06rem; }
.headline thead th { padding: 12px 24px 8px; }
.headline tbody th { font-weight: 600; }
.headline tbody th small { display: block; font-weight: 400; color: var(--muted); font-size: .82rem; white-space: normal; }
.headline .ours { background: var(--soft); }
.headline .ours td { font-weight: 650; }
.headline td small { font-weight: 400; color: var(--muted); font-size: .84em; }
.headline td small.why { display: block; max-width: 34ch; white-space: normal; overflow-wrap: anywhere; margin-left: auto; }
.verdict { font-size: 1.05rem; font-weight: 600; }
.warnings { border-color: var(--wrong); }
.dot { display: inline-block; width: 11px; height: 11px; border-radius: 50%; margin-right: 8px; vertical-align: -1px; }
.gap { margin: 18px 0 4px; }
.missing { margin: 6px 0 0; padding-left: 20px; overflow-wrap: anywhere; }
.headline .better { color: var(--good); }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 14px 28px; margin: 20px 4px 0; }
dl.facts dt { color: var(--muted); font-size: .8rem; }
dl.facts dd { margin: 1px 0 0; font-size: .94rem; overflow-wrap: anywhere; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; align-items: start; }
.two > figure, .curves > figure { min-width: 0; }
.split { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); gap: 20px; align-items: start; margin-top: 20px; }
.split > section { margin-top: 0; }
.curves { display: grid; grid-template-columns: repeat(auto-fit, minmax(270px, 1fr)); gap: 16px 22px; margin-top: 10px; }
figure { margin: 0; }
.drawn { position: relative; }
.drawn > i { position: absolute; border-radius: 4px; pointer-events: none; }
.one { max-width: 540px; margin: 0 auto; }
figcaption { font-size: .88rem; color: var(--muted); margin-bottom: 4px; }
figcaption b { color: var(--ink); font-weight: 600; }
.legend { display: flex; flex-wrap: wrap; gap: 6px 14px; list-style: none; padding: 0; margin: 12px 0 0; font-size: .86rem; color: var(--muted); }
.legend i { display: inline-block; width: 11px; height: 11px; border-radius: 50%; margin-right: 6px; vertical-align: -1px; }
.legend i.ring { border: 1.5px solid var(--ink); }
.legend i.bar { width: 3px; height: 13px; border-radius: 1px; background: var(--ink); }
.legend i.mark { width: 0; height: 13px; border-radius: 0; border-left: 2px dashed var(--muted); }
.legend i.mark.kept { border-left: 2px solid var(--ink); }
.legend i.cell { border-radius: 3px; }
.pairs { display: grid; gap: 14px; margin-top: 8px; }
.pairs > div { border-top: 1px solid var(--line); padding: 10px 6px 4px; }
.sheet { display: block; width: 100%; max-width: 1000px; margin: 14px auto 0; border-radius: 6px; }
details { margin-top: 8px; }
summary { cursor: pointer; font-weight: 600; padding: 6px 0; }
pre { background: var(--cell); border-radius: 8px; padding: 14px 16px; overflow: auto; font-size: .82rem; line-height: 1.5; margin: 8px 0 0; tab-size: 2; white-space: pre-wrap; overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
footer { color: var(--muted); font-size: .84rem; margin-top: 26px; }
.agreement thead td { border-top: 0; }
.flag { white-space: nowrap; }
@media (max-width: 860px) {
  main { padding: 24px 14px 48px; }
  section { padding: 18px 16px 20px; border-radius: 12px; }
  .headline { padding: 0; }
  .two, .split { grid-template-columns: minmax(0, 1fr); }
  .headline td, .headline tbody th { padding: 11px 10px; font-size: .96rem; }
  .headline thead th { padding: 10px 10px 6px; }
  .headline td small { display: block; }
  .headline th:first-child { min-width: 96px; padding-left: 16px; }
}
@media (max-width: 560px) {
  .headline .stacked tr > * { padding: 4px; }
  .agreement th, .agreement td { padding: 6px 3px; font-size: .74rem; hyphens: auto; }
}
@media print {
  /* Colours of dots and cells say what is what; browsers print no background unless they are told. */
  * { print-color-adjust: exact; }
  body { background: #fff; }
  section { box-shadow: none; }
  section, .card, .samples { break-inside: avoid; }
  h2, h3, .note { break-after: avoid; }
  .explorer .tools, .explorer .map .corner, .explorer .panel, .card button, details:not([open]) { display: none; }
  .explorer .sides { grid-template-columns: minmax(0, 1fr); }
}
`
