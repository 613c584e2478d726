import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Features","description":"","frontmatter":{},"headers":[],"relativePath":"packages/trainer/features.md","filePath":"packages/trainer/features.md"}');
const _sfc_main = { name: "packages/trainer/features.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="features" tabindex="-1">Features <a class="header-anchor" href="#features" aria-label="Permalink to &quot;Features&quot;">​</a></h1><table tabindex="0"><thead><tr><th></th><th>@dc/trainer</th><th>tfjs-layers <code>model.fit</code></th><th>PyTorch Lightning</th></tr></thead><tbody><tr><td>any loss and any number of views</td><td>✓</td><td>–</td><td>✓</td></tr><tr><td>pure optimisers (<code>init</code>, <code>update</code>)</td><td>✓ SGD, Adam, AdamW</td><td>– (mutating; SGD, Adam, Adagrad, RMSProp …)</td><td>– (mutating, many)</td></tr><tr><td>decoupled weight decay</td><td>✓</td><td>–</td><td>✓</td></tr><tr><td>schedules by epoch or step</td><td>✓</td><td>by callback</td><td>✓</td></tr><tr><td>best weights kept, over a resume too</td><td>✓</td><td>by callback</td><td>✓</td></tr><tr><td>exact resume, also inside an epoch</td><td>✓ bit for bit, tested</td><td>–</td><td>with care</td></tr><tr><td>crash-safe checkpoints</td><td>✓ beside, synced, renamed</td><td>–</td><td>✓</td></tr><tr><td>checkpoints of damaged bits, another seed or other data refused</td><td>✓ checksums</td><td>–</td><td>–</td></tr><tr><td>one device read per step</td><td>✓</td><td>–</td><td>by hand</td></tr><tr><td>steps compiled, checkpoints still exact</td><td>✓ where the backend compiles (<code>@dc/backend-onnx</code>); callbacks are told why if not</td><td>–</td><td><code>torch.compile</code></td></tr><tr><td>mixed precision, several devices</td><td>–</td><td>–</td><td>✓</td></tr><tr><td>gradient clipping, parameter groups</td><td>–</td><td>–</td><td>✓</td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("packages/trainer/features.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const features = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  features as default
};
