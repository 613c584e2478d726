import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"pipelines","description":"","frontmatter":{},"headers":[],"relativePath":"benchmarks/pipelines.md","filePath":"benchmarks/pipelines.md"}');
const _sfc_main = { name: "benchmarks/pipelines.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="pipelines" tabindex="-1">pipelines <a class="header-anchor" href="#pipelines" aria-label="Permalink to &quot;pipelines&quot;">​</a></h1><p>An epoch of each pipeline on Fashion-MNIST features, 10,000 × 784: views, targets, forward, backward, update; from steps spread over the schedule. Measured 2026-11-26 by <code>npm run bench -- pipelines --save</code>.</p><table tabindex="0"><thead><tr><th>bench</th><th>ours, ms</th><th>peers, ms (ours ÷ theirs)</th><th>quality</th><th>note</th></tr></thead><tbody><tr><td>epoch of otdc, batches of 256</td><td>164</td><td>pytorch 241 (0.682 ×)</td><td>ours, ms per step 4.21; PyTorch, 1 thread 9.77; 2 threads 6.17; after 100 steps, ours 4.29; after 100 steps, PyTorch 4.42</td><td>39 steps per epoch; mean of 200 steps after 2500, the lowest of 2</td></tr><tr><td>epoch of sp2ot, batches of 512</td><td>2891</td><td>pytorch 17534 (0.165 ×)</td><td>ours, ms per step 152; PyTorch, 1 thread 923; 2 threads 985</td><td>19 steps per epoch; mean of 15 steps after 11, the lowest of 1</td></tr><tr><td>epoch of p2ot, batches of 512</td><td>1084</td><td>pytorch 1671 (0.648 ×)</td><td>ours, ms per step 57.0; PyTorch, 1 thread 101; 2 threads 88.0</td><td>19 steps per epoch; mean of 20 steps after 20, the lowest of 3</td></tr><tr><td>epoch of dscl, batches of 256</td><td>305</td><td>pytorch 295 (1.03 ×)</td><td>ours, ms per step 7.82; PyTorch, 1 thread 12.8; 2 threads 7.55; after 100 steps, ours 7.93; after 100 steps, PyTorch 7.82</td><td>39 steps per epoch; mean of 200 steps after 2500, the lowest of 2</td></tr></tbody></table><p>Intel(R) Xeon(R) Processor, 2 cores, 24 GiB; Linux 6.18.44-fc-v657 x64; Node 20.20.2; @tensorflow/tfjs-core 4.22.0, @tensorflow/tfjs-backend-wasm 4.22.0, onnxruntime-node 1.30.0, python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, POT 0.9.7.post1, torch 2.15.0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("benchmarks/pipelines.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const pipelines = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  pipelines as default
};
