import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"What works, and beside whom","description":"","frontmatter":{},"headers":[],"relativePath":"packages/metrics/features.md","filePath":"packages/metrics/features.md"}');
const _sfc_main = { name: "packages/metrics/features.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="what-works-and-beside-whom" tabindex="-1">What works, and beside whom <a class="header-anchor" href="#what-works-and-beside-whom" aria-label="Permalink to &quot;What works, and beside whom&quot;">​</a></h1><p>Checked against scikit-learn 1.9 to 1e-10, on ordinary and degenerate label pairs (<code>tests/fixtures/oracles/metrics*.json</code>).</p><table tabindex="0"><thead><tr><th></th><th>@dc/metrics</th><th>scikit-learn</th></tr></thead><tbody><tr><td>accuracy by optimal matching, rectangular</td><td>✓</td><td>through scipy</td></tr><tr><td>mean per-class, macro F1, head/medium/tail after matching</td><td>✓</td><td>–</td></tr><tr><td>NMI, four averages</td><td>✓</td><td>✓</td></tr><tr><td>AMI, exact</td><td>✓</td><td>✓</td></tr><tr><td>ARI, RI, FMI, V, homogeneity, completeness, MI</td><td>✓</td><td>✓</td></tr><tr><td>purity, variation of information</td><td>✓</td><td>–</td></tr><tr><td>confusion matrix aligned to the truth</td><td>✓</td><td>–</td></tr><tr><td>silhouette, Davies–Bouldin, Calinski–Harabasz</td><td>✓</td><td>✓</td></tr><tr><td>Dunn</td><td>✓</td><td>–</td></tr><tr><td>silhouette by cosine in O(n K d)</td><td>✓ exact</td><td>O(n²)</td></tr><tr><td>share of neighbours in the own cluster, balance of sizes</td><td>✓</td><td>–</td></tr><tr><td>Recall@K, R-precision, MAP@R, kNN accuracy</td><td>✓</td><td>–</td></tr><tr><td>plan entropy, cluster sizes, bootstrap intervals</td><td>✓</td><td>–</td></tr><tr><td>batches and shards</td><td>tables of external scores</td><td>–</td></tr><tr><td>noise label −1 by policy</td><td>✓</td><td>–</td></tr><tr><td>other distances than Euclidean in internal scores</td><td>the cosine, of the silhouette</td><td>✓</td></tr><tr><td>in a browser</td><td>✓, tested in headless Chromium</td><td>–</td></tr><tr><td>GPU, or all cores</td><td>only through lent <code>products</code></td><td>BLAS</td></tr></tbody></table><p>Speed against scikit-learn in the same run (<a href="./../../benchmarks/metrics.html">bench/results</a>), 100,000 labels in 100 × 100 clusters: AMI 150 times as fast, ARI 10 times, NMI 6 times (11–16 in other runs). Silhouette of 10,000 × 784: 2.4 times as fast with a lent float32 product (the score differs by 2e-11; single samples by up to 1e-5), but many times slower without one, in plain float64 JavaScript.</p><p>Far from the origin distances from differences keep their digits where scikit-learn&#39;s expanded form loses some: at a mean of 10⁴ times the spread its silhouette samples are off by 5e-9, its Davies–Bouldin index by 1e-8.</p><p>Not here: pair confusion with weights per sample, biclusters, consensus scores.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("packages/metrics/features.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const features = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  features as default
};
