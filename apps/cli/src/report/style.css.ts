import { explorerStyle } from '@dc/explore/parts'

/** The page's style sheet: system fonts, one column, colours that turn with the reader's light or dark setting. */
export const style = `
${explorerStyle}
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
.card button { font: inherit; font-size: .86rem; color: var(--ink); background: var(--card); border: 1px solid var(--edge);
  border-radius: 8px; padding: 5px 11px; min-height: 32px; cursor: pointer; }
.card button:hover { background: var(--cell); }
.card button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
h1, h2, .eyebrow, .lead, .note, figcaption, .legend { overflow-wrap: anywhere; }
.eyebrow { color: var(--muted); font-size: .85rem; margin: 0 0 8px; }
.lead { color: var(--muted); font-size: 1.02rem; margin-bottom: 0; }
.note { color: var(--muted); font-size: .88rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shadow);
  padding: 22px 24px 24px; margin-top: 20px; }
.headline { padding: 0; overflow: hidden; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 10px 16px; border-top: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
thead th { border-top: 0; color: var(--muted); font-weight: 500; font-size: .82rem; }
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
.small .wide { text-align: left; min-width: 110px; }
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
.one { max-width: 620px; margin: 0 auto; }
figcaption { font-size: .88rem; color: var(--muted); margin-bottom: 4px; }
figcaption b { color: var(--ink); font-weight: 600; }
.legend { display: flex; flex-wrap: wrap; gap: 6px 14px; list-style: none; padding: 0; margin: 12px 0 0; font-size: .86rem; color: var(--muted); }
.legend i { display: inline-block; width: 11px; height: 11px; border-radius: 50%; margin-right: 6px; vertical-align: -1px; }
.legend i.ring { border: 1.5px solid var(--ink); }
.legend i.bar { width: 3px; height: 13px; border-radius: 1px; background: var(--ink); }
.legend i.cell { border-radius: 3px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); gap: 14px; margin-top: 12px; }
.card { display: flex; flex-direction: column; gap: 8px; border: 1px solid var(--line); border-radius: 12px; padding: 14px 16px; min-width: 0; }
.card > p, .card dl { margin: 0; }
.card > header { display: flex; align-items: center; gap: 8px; }
.card > header .dot { margin: 0; flex: none; }
.card h3 { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.card .size { color: var(--muted); font-size: .84rem; overflow-wrap: anywhere; }
.card .hint { font-size: .84rem; background: var(--soft); border-radius: 8px; padding: 5px 10px; overflow-wrap: anywhere; }
.card .words { display: flex; flex-wrap: wrap; gap: 4px; font-size: .8rem; }
.card .words span { background: var(--cell); border-radius: 6px; padding: 1px 8px; overflow-wrap: anywhere; }
.card dl { display: flex; flex-wrap: wrap; gap: 4px 18px; margin-top: auto; padding-top: 6px; font-size: .86rem; }
.card dt { color: var(--muted); font-size: .74rem; }
.card dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.samples { min-width: 0; }
.samples small { display: block; color: var(--muted); font-size: .76rem; margin-bottom: 3px; overflow-wrap: anywhere; }
.samples .row { display: flex; flex-wrap: wrap; gap: 6px 5px; padding: 2px 1px; }
.samples img, .samples .pic { width: 44px; height: 44px; border-radius: 6px; display: block; }
.samples img { background: var(--cell); object-fit: contain; }
.samples img.pixels { image-rendering: pixelated; }
.samples .pic.miss img { box-shadow: 0 0 0 2px var(--card), 0 0 0 4px var(--wrong); }
.samples ul { margin: 0; padding: 0; list-style: none; font-size: .84rem; line-height: 1.4; }
.samples ul.short { display: flex; flex-wrap: wrap; gap: 2px 12px; }
.samples li { overflow-wrap: anywhere; padding: 2px 0 2px 9px; border-left: 3px solid var(--line); margin-bottom: 3px; }
.samples li.miss { border-left-color: var(--wrong); }
.pairs { display: grid; gap: 14px; margin-top: 8px; }
.pairs > .two { border-top: 1px solid var(--line); padding-top: 10px; }
.sheet { display: block; width: 100%; max-width: 1000px; margin: 14px auto 0; border-radius: 6px; }
details { margin-top: 8px; }
summary { cursor: pointer; font-weight: 600; padding: 6px 0; }
pre { background: var(--cell); border-radius: 8px; padding: 14px 16px; overflow: auto; font-size: .82rem; line-height: 1.5; margin: 8px 0 0; tab-size: 2; white-space: pre-wrap; overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.small td, .small th { padding: 7px 12px; font-size: .9rem; white-space: normal; }
.small td { overflow-wrap: anywhere; }
td.left, th.left { text-align: left; }
footer { color: var(--muted); font-size: .84rem; margin-top: 26px; }
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
  .stacked thead { display: none; }
  .stacked tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(74px, 1fr)); border-top: 1px solid var(--line); padding: 8px 12px; }
  .stacked tbody tr:first-child { border-top: 0; }
  .stacked tr > * { border: 0; padding: 4px; text-align: left; }
  .headline .stacked tr > * { padding: 4px; }
  .stacked th[scope="row"], .stacked .wide:not(:nth-child(3)) { grid-column: 1 / -1; }
  .stacked td::before { content: attr(data-title); display: block; color: var(--muted); font-size: .74rem; font-weight: 400; }
  .agreement th, .agreement td { padding: 6px 4px; font-size: .8rem; hyphens: auto; }
}
@media print { body { background: #fff; } section { break-inside: avoid; box-shadow: none; } details { display: none; } }
`
