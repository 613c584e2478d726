import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Labels of embeddings are what several methods agree on","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/0007-consensus-labels.md","filePath":"decisions/0007-consensus-labels.md"}');
const _sfc_main = { name: "decisions/0007-consensus-labels.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="labels-of-embeddings-are-what-several-methods-agree-on" tabindex="-1">Labels of embeddings are what several methods agree on <a class="header-anchor" href="#labels-of-embeddings-are-what-several-methods-agree-on" aria-label="Permalink to &quot;Labels of embeddings are what several methods agree on&quot;">​</a></h1><p>2026-11-27</p><p><strong>What was the matter.</strong> Seeds differ: three runs of one recipe on one set had ARI .56, .33 and .55. No index without labels picks the best of them.</p><p><strong>Decided.</strong> Votes of the trained embedding, Leiden&#39;s communities and k-means on UMAP&#39;s layout are joined by average linkage; then each row takes the label of most of its neighbours.</p><p><strong>What came of it.</strong> Steadier than any voice alone, and ahead of UMAP + k-means in mean ARI. It costs seconds. How many voices was chosen on the sets that are reported, which the report says.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("decisions/0007-consensus-labels.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const _0007ConsensusLabels = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  _0007ConsensusLabels as default
};
