import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Neighbours are exact, by fast approximate products and a bound","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/0004-exact-neighbours.md","filePath":"decisions/0004-exact-neighbours.md"}');
const _sfc_main = { name: "decisions/0004-exact-neighbours.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="neighbours-are-exact-by-fast-approximate-products-and-a-bound" tabindex="-1">Neighbours are exact, by fast approximate products and a bound <a class="header-anchor" href="#neighbours-are-exact-by-fast-approximate-products-and-a-bound" aria-label="Permalink to &quot;Neighbours are exact, by fast approximate products and a bound&quot;">​</a></h1><p>2026-11-22</p><p><strong>What was the matter.</strong> Approximate neighbour libraries need native builds, and their answers differ from machine to machine. Seeds then mean little.</p><p><strong>Decided.</strong> Products of 7-bit integers or float32 propose candidates; their exact distances are computed; an error bound proves that nothing nearer was left out, or the row is searched again.</p><p><strong>What came of it.</strong> The same neighbours everywhere. 70,000 × 384 take seconds on two cores. Beyond some millions of rows an approximate index would be faster, and there is none here.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("decisions/0004-exact-neighbours.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const _0004ExactNeighbours = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  _0004ExactNeighbours as default
};
