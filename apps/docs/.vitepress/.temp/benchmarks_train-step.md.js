import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"train-step","description":"","frontmatter":{},"headers":[],"relativePath":"benchmarks/train-step.md","filePath":"benchmarks/train-step.md"}');
const _sfc_main = { name: "benchmarks/train-step.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="train-step" tabindex="-1">train-step <a class="header-anchor" href="#train-step" aria-label="Permalink to &quot;train-step&quot;">​</a></h1><p>MLP 784-1024-512-4096-128 with batch norm, B = 256, two views: forward, backward, SGD with momentum. Measured 2026-11-26 by <code>npm run bench -- train-step --save</code>.</p><table tabindex="0"><thead><tr><th>bench</th><th>ours, ms</th><th>peers, ms (ours ÷ theirs)</th><th>quality</th><th>note</th></tr></thead><tbody><tr><td>rows 256, 784-1024-512-4096-128, recorded anew at every step</td><td>55.7</td><td>pytorch 46.3 (1.20 ×); tfjs-wasm 4260 (0.0131 ×)</td><td>loss differs from PyTorch over 3 steps by 3.53e-7; PyTorch, 1 thread, ms 90.4; 2 threads, ms 46.3</td><td>medians of 40 steps, in turn; the lowest of 3</td></tr><tr><td>rows 256, 784-1024-512-4096-128, by compile(step)</td><td>47.9</td><td>pytorch 46.3 (1.03 ×); tfjs-wasm 4260 (0.0113 ×)</td><td></td><td>medians of 40 steps, in turn; the lowest of 3</td></tr></tbody></table><p>Intel(R) Xeon(R) Processor, 2 cores, 24 GiB; Linux 6.18.44-fc-v657 x64; Node 20.20.2; @tensorflow/tfjs-core 4.22.0, @tensorflow/tfjs-backend-wasm 4.22.0, onnxruntime-node 1.30.0, python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, POT 0.9.7.post1, torch 2.15.0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("benchmarks/train-step.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const trainStep = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  trainStep as default
};
