import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"What @dc/core does, beside its peers","description":"","frontmatter":{},"headers":[],"relativePath":"packages/core/features.md","filePath":"packages/core/features.md"}');
const _sfc_main = { name: "packages/core/features.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="what-dc-core-does-beside-its-peers" tabindex="-1">What @dc/core does, beside its peers <a class="header-anchor" href="#what-dc-core-does-beside-its-peers" aria-label="Permalink to &quot;What @dc/core does, beside its peers&quot;">​</a></h1><table tabindex="0"><thead><tr><th></th><th>@dc/core</th><th><code>@tensorflow/tfjs</code></th><th>vercel/ai <code>customProvider</code></th><th>PyTorch Lightning registry</th></tr></thead><tbody><tr><td>works from the npm tarball, install scripts off</td><td>yes</td><td>yes (slow backends only)</td><td>yes</td><td>– (Python)</td></tr><tr><td>says why a faster backend is not used</td><td>every candidate&#39;s reason</td><td>no</td><td>–</td><td>–</td></tr><tr><td>refuses to call a software GPU adapter a GPU</td><td>yes</td><td>no</td><td>–</td><td>no</td></tr><tr><td>plugin names and options typed from the record; a wrong one does not compile</td><td>yes</td><td>no</td><td>yes</td><td>no</td></tr><tr><td>option errors with path, value and what is allowed</td><td>yes (zod)</td><td>no</td><td>partly</td><td>partly</td></tr><tr><td>conformance suite per plugin kind</td><td>yes, any test runner</td><td>internal only</td><td>internal only</td><td>no</td></tr><tr><td>seeded, splittable, restorable random numbers</td><td>yes</td><td><code>seedrandom</code>, not splittable</td><td>–</td><td>yes (<code>torch.Generator</code>, not splittable)</td></tr><tr><td>gradients of <code>gatherND</code>, <code>scatterND</code>, <code>topk</code>, <code>einsum</code></td><td>yes</td><td>no</td><td>–</td><td>yes (autograd)</td></tr><tr><td>gradients of <code>stridedSlice</code>, <code>cumprod</code>, <code>tensorScatterUpdate</code></td><td>no</td><td>no</td><td>–</td><td>yes (autograd)</td></tr><tr><td>size</td><td>390 kB bundle, mostly tfjs&#39;s own gradients (published in a form Node cannot load)</td><td></td><td></td><td></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("packages/core/features.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const features = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  features as default
};
