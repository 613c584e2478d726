import { colours } from './colours.css'

/** The style of an explorer: its map, its tools, its grid, what is beside a pointer. */
export const explorerStyle: string = `${colours}
.explorer, .explorer * { box-sizing: border-box; }
.explorer .unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.explorer { outline: none; scroll-margin-top: 12px; color: var(--ink); }
.explorer h3 { font-size: .95rem; margin: 0; }
.explorer .dot { display: inline-block; width: 11px; height: 11px; border-radius: 50%; margin-right: 8px; vertical-align: -1px; }
.explorer .note { color: var(--muted); font-size: .88rem; margin: 0 0 12px; }
.explorer code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.explorer summary { cursor: pointer; font-weight: 600; }
.explorer button, .explorer select, .explorer input { font: inherit; font-size: .86rem; color: var(--ink); background: var(--card); border: 1px solid var(--edge);
  border-radius: 8px; padding: 5px 11px; min-height: 32px; }
.explorer button { cursor: pointer; }
.explorer button:hover { background: var(--cell); }
.explorer :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.explorer button[aria-pressed="true"] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
.explorer .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 10px; }
.explorer .tools { margin: 10px 0 12px; color: var(--muted); font-size: .86rem; }
.explorer .tools select { max-width: 230px; }
.explorer .search { flex: 1 1 190px; display: flex; align-items: center; gap: 6px; }
.explorer .search input { flex: 1; min-width: 0; }
.explorer .switch { display: inline-flex; border: 0; padding: 0; margin: 0; }
.explorer .map .field { border-radius: 10px; }
.explorer .switch button:first-child { border-radius: 8px 0 0 8px; }
.explorer .switch button:last-child { border-radius: 0 8px 8px 0; border-left: 0; }
.explorer .sides { display: grid; grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr); gap: 20px; align-items: start; }
.explorer .map { position: relative; }
.explorer .map .field canvas { display: block; width: 100%; height: min(600px, 72vh); border: 1px solid var(--line); border-radius: 10px; background: var(--card);
  touch-action: none; cursor: grab; }
.explorer .map .field .lasso { cursor: crosshair; }
.explorer .map .corner { display: flex; justify-content: flex-end; gap: 4px; margin-top: 6px; }
.explorer .map .corner button { width: 32px; padding: 0; line-height: 1; font-size: 1.05rem; }
.explorer .tip { position: absolute; z-index: 2; pointer-events: none; display: flex; flex-direction: column; gap: 2px; padding: 8px 10px; font-size: .8rem; line-height: 1.35;
  color: var(--muted); background: var(--card); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 4px 18px rgb(0 0 0 / .18); overflow-wrap: anywhere; }
.explorer .tip b { color: var(--ink); font-weight: 600; }
.explorer .tip q { color: var(--ink); quotes: none; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 6; overflow: hidden; }
.explorer .picture { border-radius: 6px; background: #fff; display: block; }
.explorer .picture.pixels { image-rendering: pixelated; }
.explorer .scale { display: flex; align-items: center; gap: 8px; font-size: .82rem; color: var(--muted); margin: 10px 0 0; }
.explorer .scale span { flex: 0 1 220px; height: 10px; border-radius: 5px; }
.explorer .chips { display: flex; flex-wrap: wrap; gap: 6px; list-style: none; margin: 10px 0 0; padding: 0; max-height: 156px; overflow-y: auto; font-size: .82rem; }
.explorer .chips li { max-width: 100%; }
.explorer .chip { font-size: .82rem; padding: 2px 10px; min-height: 28px; border-radius: 14px; max-width: 100%; overflow-wrap: anywhere; text-align: left; }
.explorer li.chip { padding: 2px 6px; }
.explorer .chip .dot { margin-right: 5px; }
.explorer .chip small { color: var(--muted); }
.explorer .chip[aria-pressed="true"] small { color: inherit; }
.explorer .panel h3 { flex: 1 1 100%; overflow-wrap: anywhere; }
.explorer .correct { margin-top: 8px; }
.explorer .correct summary { font-size: .88rem; padding: 4px 0; }
.explorer .correct .bar { margin: 4px 0; }
.explorer .correct .bar .bar { margin: 0; display: inline-flex; gap: 4px; }
.explorer .correct form input { width: 130px; }
.explorer .correct select { max-width: 150px; }
.explorer .correct .hint { font-size: .84rem; margin: 6px 0; color: var(--ink); background: var(--soft); border-radius: 8px; padding: 5px 10px; }
.explorer .correct .said { list-style: none; padding: 0; margin: 8px 0; font-size: .84rem; max-height: 180px; overflow-y: auto; }
.explorer .correct .said li { display: flex; gap: 8px; align-items: center; justify-content: space-between; padding: 2px; overflow-wrap: anywhere; }
.explorer .correct .said button { min-height: 26px; padding: 0 8px; }
.explorer .panel .order { display: block; margin: 10px 0 8px; font-size: .82rem; color: var(--muted); }
.explorer .panel .grid { list-style: none; margin: 0; padding: 2px; display: grid; gap: 6px; max-height: min(520px, 66vh); overflow-y: auto; grid-template-columns: minmax(0, 1fr); }
.explorer .panel .grid.row { grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr)); }
.explorer .panel .grid.image { grid-template-columns: repeat(auto-fill, minmax(60px, 1fr)); }
.explorer .tile { position: relative; display: flex; gap: 8px; align-items: baseline; width: 100%; padding: 4px 8px; text-align: left; border-color: var(--line); overflow-wrap: anywhere; }
.explorer .image .tile { justify-content: center; padding: 4px; }
.explorer .image .tile .dot { position: absolute; right: 3px; bottom: 3px; margin: 0; border: 2px solid var(--card); width: 13px; height: 13px; }
.explorer .tile .dot { flex: none; margin: 0; }
.explorer .tile span { min-width: 0; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.explorer .tile small { display: block; color: var(--muted); }
.explorer .more { margin-top: 8px; width: 100%; }
.card:has([data-show]:not([hidden])) { cursor: pointer; }
.chosen { outline: 2px solid var(--accent); outline-offset: -1px; }
@media (max-width: 860px) {
  .explorer .sides { grid-template-columns: minmax(0, 1fr); }
  .explorer .map .field canvas { height: min(420px, 60vh); }
  .explorer .panel .grid { max-height: 60vh; }
}
`
