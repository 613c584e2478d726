import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Playground","description":"","frontmatter":{},"headers":[],"relativePath":"try.md","filePath":"try.md"}');
const _sfc_main = { name: "try.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="playground" tabindex="-1">Playground <a class="header-anchor" href="#playground" aria-label="Permalink to &quot;Playground&quot;">​</a></h1><p>The same in a page: a file is dropped, a method trains in a worker, the map moves as it learns, and the labels and the model file can be downloaded. Nothing leaves the machine: there is no server to send anything to.</p><iframe class="playground" src="./playground/" title="The playground" loading="lazy"></iframe><p><a class="open-playground" href="./playground/" target="_self">Open it in the whole window</a></p><p>The model file is the one that <code>load</code> of <a href="./packages/pipelines/"><code>@dc/pipelines</code></a> and <code>dclust predict</code> read (<a href="./guides/new-rows.html">new rows</a>). The playground is static files beside the pages, below <code>playground/</code>. A server that sends <code>Cross-Origin-Opener-Policy: same-origin</code> and <code>Cross-Origin-Embedder-Policy: require-corp</code> with them lets it train on several threads.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("try.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const _try = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  _try as default
};
