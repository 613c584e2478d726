import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse(`{"title":"Deep clustering","description":"","frontmatter":{"layout":"home","title":"Deep clustering","hero":{"name":"Deep clustering","text":"for TypeScript","tagline":"Embeddings, photos or texts without labels in, clusters out. In Node and in a page; no GPU, no Python, no install script.","actions":[{"theme":"brand","text":"Quick start","link":"/quick-start"},{"theme":"alt","text":"Which method when","link":"/which-method"},{"theme":"alt","text":"Playground","link":"/try"}]},"features":[{"title":"Four published systems","details":"BootSC, OTDC, SP²OT with P²OT, and DSCL, each checked against its paper's formulas, and what does not hold said plainly.","link":"/systems/"},{"title":"Beside what people use","details":"k-means, spectral clustering and Leiden stand beside every result, scored in one space. UMAP + k-means and HDBSCAN stand in the tables.","link":"/benchmarks/"},{"title":"Packages to pick from","details":"Scores, spectral methods, optimal transport, data, networks, losses, training, a queue. Each is useful alone.","link":"/packages/pipelines/"}]},"headers":[],"relativePath":"index.md","filePath":"index.md"}`);
const _sfc_main = { name: "index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("index.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  index as default
};
