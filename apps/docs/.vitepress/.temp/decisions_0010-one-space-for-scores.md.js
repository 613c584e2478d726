import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Scores without labels are taken in one space that belongs to no method","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/0010-one-space-for-scores.md","filePath":"decisions/0010-one-space-for-scores.md"}');
const _sfc_main = { name: "decisions/0010-one-space-for-scores.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="scores-without-labels-are-taken-in-one-space-that-belongs-to-no-method" tabindex="-1">Scores without labels are taken in one space that belongs to no method <a class="header-anchor" href="#scores-without-labels-are-taken-in-one-space-that-belongs-to-no-method" aria-label="Permalink to &quot;Scores without labels are taken in one space that belongs to no method&quot;">​</a></h1><p>2026-11-27</p><p><strong>What was the matter.</strong> A silhouette in the space that a method learned flatters the method: 0.206 against k-means&#39; 0.056 where the true accuracy was .52 against .66.</p><p><strong>Decided.</strong> All methods are scored on the rows as they came, with neighbour agreement, balance, and agreement over seeds and parts of the rows beside it, and a sentence of verdict.</p><p><strong>What came of it.</strong> The table no longer names a winner where nothing is known. See arXiv 2403.14830.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("decisions/0010-one-space-for-scores.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const _0010OneSpaceForScores = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  _0010OneSpaceForScores as default
};
