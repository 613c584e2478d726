import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"metrics","description":"","frontmatter":{},"headers":[],"relativePath":"benchmarks/metrics.md","filePath":"benchmarks/metrics.md"}');
const _sfc_main = { name: "benchmarks/metrics.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="metrics" tabindex="-1">metrics <a class="header-anchor" href="#metrics" aria-label="Permalink to &quot;metrics&quot;">​</a></h1><p>AMI, NMI, ARI of 100,000 labels and the silhouette of 10,000 × 784, beside scikit-learn. Measured 2026-11-22 by <code>npm run bench -- metrics --save</code>.</p><table tabindex="0"><thead><tr><th>bench</th><th>ours, ms</th><th>peers, ms (ours ÷ theirs)</th><th>quality</th><th>note</th></tr></thead><tbody><tr><td>AMI, 100000 labels, 100 × 100</td><td>2.38</td><td>scikit-learn 359 (0.00663 ×)</td><td>value 0.465; differs by 2.24e-13</td><td></td></tr><tr><td>NMI, 100000 labels, 100 × 100</td><td>1.81</td><td>scikit-learn 11.7 (0.154 ×)</td><td>value 0.471; differs by 4.44e-16</td><td></td></tr><tr><td>ARI, 100000 labels, 100 × 100</td><td>0.839</td><td>scikit-learn 8.33 (0.101 ×)</td><td>value 0.360; differs by 0</td><td></td></tr><tr><td>silhouette, 10000 × 784</td><td>844</td><td>scikit-learn 2004 (0.421 ×)</td><td>value 0.0964; differs by 2.31e-11</td><td>ours with a lent float32 product, theirs float64</td></tr></tbody></table><p>Intel(R) Xeon(R) Processor, 2 cores, 24 GiB; Linux 6.18.44-fc-v595 x64; Node 20.20.2; @tensorflow/tfjs-core 4.22.0, @tensorflow/tfjs-backend-wasm 4.22.0, onnxruntime-node 1.30.0, python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, POT 0.9.7.post1, torch 2.15.0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("benchmarks/metrics.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const metrics = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  metrics as default
};
