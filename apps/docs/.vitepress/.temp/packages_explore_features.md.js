import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"What works, and what does not","description":"","frontmatter":{},"headers":[],"relativePath":"packages/explore/features.md","filePath":"packages/explore/features.md"}');
const _sfc_main = { name: "packages/explore/features.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="what-works-and-what-does-not" tabindex="-1">What works, and what does not <a class="header-anchor" href="#what-works-and-what-does-not" aria-label="Permalink to &quot;What works, and what does not&quot;">​</a></h1><p>Tested in headless Chromium 1280, 820 and 390 pixels wide, light and dark, by axe-core and by keyboard (<code>apps/cli/src/report/in-browser.test.ts</code>, of the report, which is made of it).</p><table tabindex="0"><thead><tr><th></th><th></th></tr></thead><tbody><tr><td>100,000 points: move, enlarge, hover, lasso</td><td>✓ on a 2D canvas, painted as one picture: about 15 to 20 ms of processor time each</td></tr><tr><td>colours: cluster, certainty, class, right or wrong, other methods, columns</td><td>✓</td></tr><tr><td>pictures, texts, names</td><td>✓</td></tr><tr><td>lasso, search, cluster, single rows → grid, names, CSV</td><td>✓</td></tr><tr><td>corrections: rename, merge, split, together, apart, belongs to, noise → <code>corrections.json</code></td><td>✓</td></tr><tr><td>state in the address</td><td>✓ but of more than 400 rows that were picked singly</td></tr><tr><td>other data while it is looked at (<code>update</code>)</td><td>✓</td></tr><tr><td>more than one in a page</td><td>✓, one of them in the address</td></tr><tr><td>more than 100,000 points</td><td>drawn, not measured</td></tr><tr><td>WebGL, three dimensions, other charts</td><td>–</td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("packages/explore/features.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const features = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  features as default
};
