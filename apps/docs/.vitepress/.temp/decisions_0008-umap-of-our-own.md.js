import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse(`{"title":"UMAP's layout is ours","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/0008-umap-of-our-own.md","filePath":"decisions/0008-umap-of-our-own.md"}`);
const _sfc_main = { name: "decisions/0008-umap-of-our-own.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="umap-s-layout-is-ours" tabindex="-1">UMAP&#39;s layout is ours <a class="header-anchor" href="#umap-s-layout-is-ours" aria-label="Permalink to &quot;UMAP&#39;s layout is ours&quot;">​</a></h1><p>2026-11-27</p><p><strong>What was the matter.</strong> <code>umap-js</code> searches its own neighbours, approximately, and is slow; embedding-atlas&#39; build comes only inside a bundle of 6 MB with peers that cannot be left out.</p><p><strong>Decided.</strong> <code>neighbourEmbedding</code> lays out any of our graphs: the same curve as umap-learn&#39;s to 1e-4, forces from a table.</p><p><strong>What came of it.</strong> Neighbours are found once for views, graph and map. The layout is deterministic.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("decisions/0008-umap-of-our-own.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const _0008UmapOfOurOwn = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  _0008UmapOfOurOwn as default
};
