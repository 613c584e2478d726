import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"spectral","description":"","frontmatter":{},"headers":[],"relativePath":"benchmarks/spectral.md","filePath":"benchmarks/spectral.md"}');
const _sfc_main = { name: "benchmarks/spectral.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="spectral" tabindex="-1">spectral <a class="header-anchor" href="#spectral" aria-label="Permalink to &quot;spectral&quot;">​</a></h1><p>k-means, exact neighbours and spectral clustering on Fashion-MNIST, against scikit-learn. Measured 2026-11-22 by <code>npm run bench -- spectral --save</code>.</p><table tabindex="0"><thead><tr><th>bench</th><th>ours, ms</th><th>peers, ms (ours ÷ theirs)</th><th>quality</th><th>note</th></tr></thead><tbody><tr><td>k-means 60000×784, k 10, n_init 1</td><td>965</td><td>scikit-learn 2567 (0.376 ×)</td><td>inertia 1921932; inertia_peer 1919152; inertia_ratio 1.00; iterations 64.6; iterations_peer 52.2</td><td>means over seeds 0, 1, 2, 3, 4, median time; clustering-tfjs: not in the npm registry</td></tr><tr><td>exact 10 nearest neighbours 10000×784</td><td>362</td><td>scikit-learn 1693 (0.214 ×)</td><td>sum_of_distances 457916; sum_of_distances_peer 457916</td><td>clustering-tfjs: not in the npm registry</td></tr><tr><td>spectral clustering 10000×784, kNN 10, cluster_qr</td><td>551</td><td>scikit-learn 2613 (0.211 ×)</td><td>nmi 0.597; nmi_peer 0.597; converged true; restarts 3</td><td>clustering-tfjs: not in the npm registry</td></tr><tr><td>spectral clustering 70000×784, kNN 10, cluster_qr</td><td>15787</td><td></td><td>nmi 0.621; converged true; graph_ms 11804; peak_memory_mb 2889</td><td>clustering-tfjs: not in the npm registry</td></tr></tbody></table><p>Intel(R) Xeon(R) Processor, 2 cores, 24 GiB; Linux 6.18.44-fc-v595 x64; Node 20.20.2; @tensorflow/tfjs-core 4.22.0, @tensorflow/tfjs-backend-wasm 4.22.0, onnxruntime-node 1.30.0, python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, POT 0.9.7.post1, torch 2.15.0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("benchmarks/spectral.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const spectral = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  spectral as default
};
