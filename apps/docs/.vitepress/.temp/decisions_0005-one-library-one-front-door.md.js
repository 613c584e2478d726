import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"@dc/pipelines is the library; the command line only tells it","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/0005-one-library-one-front-door.md","filePath":"decisions/0005-one-library-one-front-door.md"}');
const _sfc_main = { name: "decisions/0005-one-library-one-front-door.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="dc-pipelines-is-the-library-the-command-line-only-tells-it" tabindex="-1"><code>@dc/pipelines</code> is the library; the command line only tells it <a class="header-anchor" href="#dc-pipelines-is-the-library-the-command-line-only-tells-it" aria-label="Permalink to &quot;\`@dc/pipelines\` is the library; the command line only tells it&quot;">​</a></h1><p>2026-11-26</p><p><strong>What was the matter.</strong> The command line knew how to train, label and save; a program had to start it as a child.</p><p><strong>Decided.</strong> <code>fit → predict → save → load</code> live in <code>@dc/pipelines</code>. A model is one safetensors file. The CLI adds folders, terminal and report.</p><p><strong>What came of it.</strong> A page loads the model that Node saved. Every feature of the CLI that computes is a function first.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("decisions/0005-one-library-one-front-door.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const _0005OneLibraryOneFrontDoor = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  _0005OneLibraryOneFrontDoor as default
};
