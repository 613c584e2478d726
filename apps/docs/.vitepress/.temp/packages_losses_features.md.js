import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Features","description":"","frontmatter":{},"headers":[],"relativePath":"packages/losses/features.md","filePath":"packages/losses/features.md"}');
const _sfc_main = { name: "packages/losses/features.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="features" tabindex="-1">Features <a class="header-anchor" href="#features" aria-label="Permalink to &quot;Features&quot;">​</a></h1><table tabindex="0"><thead><tr><th></th><th>@dc/losses</th><th>tfjs <code>tf.losses</code></th><th>pytorch-metric-learning</th></tr></thead><tbody><tr><td>per-element values before reduction</td><td>✓ named</td><td>by reduction option</td><td>✓ named</td></tr><tr><td>cross-entropy to soft targets with row weights</td><td>✓</td><td>✓ (per-row weights apart)</td><td>–</td></tr><tr><td>swapped prediction over any number of views</td><td>✓</td><td>–</td><td>✓ (SwAV-like by hand)</td></tr><tr><td>affinity loss with masked diagonal</td><td>✓</td><td>–</td><td>–</td></tr><tr><td>learned temperature, gradient in closed form</td><td>✓</td><td>–</td><td>traced</td></tr><tr><td>clustering by transport to given sizes</td><td>✓</td><td>–</td><td>–</td></tr><tr><td>deep spectral clustering (DSCL), closed-form gradient, rank-deficient batches</td><td>✓</td><td>–</td><td>–</td></tr><tr><td>reconstruction</td><td>✓</td><td>✓</td><td>–</td></tr><tr><td>contrastive, triplet, proxy losses and miners</td><td>–</td><td>–</td><td>✓ (dozens)</td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("packages/losses/features.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const features = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  features as default
};
