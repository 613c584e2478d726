import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse(`{"title":"On embeddings, a row's neighbour is its other view","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/0006-neighbours-as-views.md","filePath":"decisions/0006-neighbours-as-views.md"}`);
const _sfc_main = { name: "decisions/0006-neighbours-as-views.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="on-embeddings-a-row-s-neighbour-is-its-other-view" tabindex="-1">On embeddings, a row&#39;s neighbour is its other view <a class="header-anchor" href="#on-embeddings-a-row-s-neighbour-is-its-other-view" aria-label="Permalink to &quot;On embeddings, a row&#39;s neighbour is its other view&quot;">​</a></h1><p>2026-11-27</p><p><strong>What was the matter.</strong> BootSC and SP²OT learn from two views of a row. For pictures these are crops and colours; of an embedding no transformation is known. Noise and masks gave less than k-means.</p><p><strong>Decided.</strong> The second view is one of the row&#39;s 15 to 30 nearest rows, drawn anew each time (as in SCAN). Only a small projection is learned.</p><p><strong>What came of it.</strong> ARI on texts went from .29 to .46 (<a href="./../benchmarks/quality-embeddings.html">figures</a>). Wrong neighbours teach wrong things, so sets whose neighbours mix classes gain least.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("decisions/0006-neighbours-as-views.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const _0006NeighboursAsViews = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  _0006NeighboursAsViews as default
};
