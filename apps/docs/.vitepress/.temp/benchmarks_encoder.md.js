import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"encoder","description":"","frontmatter":{},"headers":[],"relativePath":"benchmarks/encoder.md","filePath":"benchmarks/encoder.md"}');
const _sfc_main = { name: "benchmarks/encoder.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="encoder" tabindex="-1">encoder <a class="header-anchor" href="#encoder" aria-label="Permalink to &quot;encoder&quot;">​</a></h1><p>features of pictures by EfficientNet-Lite0, beside PyTorch: speed, memory, agreement. Measured 2026-11-27 by <code>npm run bench -- encoder --save</code>.</p><table tabindex="0"><thead><tr><th>bench</th><th>ours, ms</th><th>peers, ms (ours ÷ theirs)</th><th>quality</th><th>note</th></tr></thead><tbody><tr><td>EfficientNet-Lite0, 224×224, 64 pictures in batches of 8: features</td><td>399</td><td>pytorch 1295 (0.308 ×)</td><td>pictures per second 160; peak memory, MB 438; peak memory of PyTorch, MB 1197; features differ by, of their length 0.00000210</td><td></td></tr></tbody></table><p>AMD EPYC, 2 cores, 24 GiB; Linux 6.18.44-fc-v669 x64; Node 20.20.2; @tensorflow/tfjs-core 4.22.0, @tensorflow/tfjs-backend-wasm 4.22.0, onnxruntime-node 1.30.0, python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, POT 0.9.7.post1, torch 2.15.0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("benchmarks/encoder.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const encoder = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  encoder as default
};
