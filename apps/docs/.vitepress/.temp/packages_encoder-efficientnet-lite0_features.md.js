import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Features","description":"","frontmatter":{},"headers":[],"relativePath":"packages/encoder-efficientnet-lite0/features.md","filePath":"packages/encoder-efficientnet-lite0/features.md"}');
const _sfc_main = { name: "packages/encoder-efficientnet-lite0/features.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="features" tabindex="-1">Features <a class="header-anchor" href="#features" aria-label="Permalink to &quot;Features&quot;">​</a></h1><table tabindex="0"><thead><tr><th></th><th>@dc/encoder-efficientnet-lite0</th><th><code>@huggingface/transformers</code></th><th><code>@tensorflow-models/mobilenet</code></th></tr></thead><tbody><tr><td>weights in the npm package</td><td>✓ 13.5 MB</td><td>– downloaded when used</td><td>– downloaded when used</td></tr><tr><td>runs offline from the first call</td><td>✓</td><td>–</td><td>–</td></tr><tr><td>works with install scripts off</td><td>✓</td><td>✓</td><td>✓</td></tr><tr><td>features kept on disk, by checksum</td><td>✓ with <code>@dc/data/encoded</code></td><td>–</td><td>–</td></tr><tr><td>says its checksum, source, licence</td><td>✓</td><td>by the model&#39;s page</td><td>–</td></tr><tr><td>GPU</td><td>–</td><td>✓ WebGPU</td><td>✓</td></tr><tr><td>choice of networks</td><td>one</td><td>✓ hundreds</td><td>3 widths</td></tr><tr><td>texts</td><td>–</td><td>✓</td><td>–</td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("packages/encoder-efficientnet-lite0/features.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const features = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  features as default
};
