import { colours } from './colours.css'

/** Up to a width of the window a table's rows stand one below the other, with the names of columns above each number. */
const stacked = (table: string, most: number) => `@media (max-width: ${most}px) {
  ${table} thead { display: none; }
  ${table} tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(90px, 1fr)); border-top: 1px solid var(--line); padding: 8px 12px; }
  ${table} tbody tr:first-child { border-top: 0; }
  ${table} tr > * { border: 0; padding: 4px; text-align: left; }
  ${table} th[scope="row"], ${table} .wide:not(:nth-child(3)) { grid-column: 1 / -1; }
  ${table} td::before { content: attr(data-title); display: block; color: var(--muted); font-size: .74rem; font-weight: 400; }
}
`

/** The style of cards and tables. */
export const partStyle: string = `${colours}
.dot { display: inline-block; width: 11px; height: 11px; border-radius: 50%; margin-right: 8px; vertical-align: -1px; }
.card button { font: inherit; font-size: .86rem; color: var(--ink); background: var(--card); border: 1px solid var(--edge);
  border-radius: 8px; padding: 5px 11px; min-height: 32px; cursor: pointer; }
.card button:hover { background: var(--cell); }
.card button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.scroll { overflow-x: auto; }
.scroll table, table.small { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
.scroll th, .scroll td, .small th, .small td { text-align: right; padding: 10px 16px; border-top: 1px solid var(--line); white-space: nowrap; }
.scroll th:first-child, .scroll td:first-child, .small th:first-child, .small td:first-child { text-align: left; }
.scroll thead th { border-top: 0; color: var(--muted); font-weight: 500; font-size: .82rem; }
.small .wide { text-align: left; min-width: 110px; }
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
.samples .pic > span { display: block; }
.samples .pic.miss img, .samples .pic.miss canvas { box-shadow: 0 0 0 2px var(--card), 0 0 0 4px var(--wrong); }
.samples ul { margin: 0; padding: 0; list-style: none; font-size: .84rem; line-height: 1.4; }
.samples ul.short { display: flex; flex-wrap: wrap; gap: 2px 12px; }
.samples li { overflow-wrap: anywhere; padding: 2px 0 2px 9px; border-left: 3px solid var(--line); margin-bottom: 3px; }
.samples li.miss { border-left-color: var(--wrong); }
.small td, .small th { padding: 7px 12px; font-size: .9rem; white-space: normal; }
.small td { overflow-wrap: anywhere; }
.small.stacked th, .small.stacked td { padding: 7px 5px; font-size: .86rem; }
.small.stacked thead th { font-size: .78rem; }
.small.stacked td { white-space: nowrap; overflow-wrap: normal; }
.small.stacked td.words { white-space: normal; overflow-wrap: anywhere; }
.small.stacked td small { display: block; }
.small.stacked .why { white-space: normal; overflow-wrap: anywhere; }
td.left, th.left { text-align: left; }
${stacked('.stacked', 560)}${stacked('.small.stacked', 1060)}`
