import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"dclust cluster, from the shell to the report","description":"","frontmatter":{},"headers":[],"relativePath":"benchmarks/cluster.md","filePath":"benchmarks/cluster.md"}');
const _sfc_main = { name: "benchmarks/cluster.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="dclust-cluster-from-the-shell-to-the-report" tabindex="-1">dclust cluster, from the shell to the report <a class="header-anchor" href="#dclust-cluster-from-the-shell-to-the-report" aria-label="Permalink to &quot;dclust cluster, from the shell to the report&quot;">​</a></h1><p><code>npm run bench -- pipelines --only cluster</code>, 27 November 2026: AMD EPYC, 2 cores, 24 GiB, Node 20.20.2, onnxruntime-node 1.30.0, Python 3.11, scikit-learn 1.9.1, umap-learn; each side once, in turn, in a new process. Ours has the scores of k-means, spectral clustering and Leiden beside it, the map and the report. Theirs is imports, reading and clustering.</p><table tabindex="0"><thead><tr><th>rows</th><th>side</th><th>s</th><th>peak MB</th><th>ACC</th><th>NMI</th><th>ARI</th></tr></thead><tbody><tr><td>texts 2,040 × 384, K 12</td><td><strong>ours</strong> (first labels after 1.1 s)</td><td>16.8</td><td>288</td><td>.665</td><td>.570</td><td>.479</td></tr><tr><td></td><td>k-means and spectral clustering</td><td>2.8</td><td>180</td><td>.532</td><td>.542</td><td>.350</td></tr><tr><td></td><td>UMAP + k-means</td><td>22.7</td><td>378</td><td>.658</td><td>.591</td><td>.483</td></tr><tr><td>a mixture, 10,000 × 384, K 20</td><td><strong>ours</strong> (first labels after 1.8 s)</td><td>71.4</td><td>454</td><td>.963</td><td>.930</td><td>.924</td></tr><tr><td></td><td>k-means and spectral clustering</td><td>27.1</td><td>684</td><td>.965</td><td>.931</td><td>.929</td></tr><tr><td></td><td>UMAP + k-means</td><td>52.9</td><td>523</td><td>.959</td><td>.922</td><td>.917</td></tr></tbody></table><ul><li>70,000 × 384, K 50, ours alone, by hand, once: 212 s and 1,117 MB, first labels after 5 s; 107 s of it the baselines and their scores, 35 s the training. The peers were not timed on it.</li><li>These 71 s had 3,003 steps of training. The recipe has 2,400 at most since: the 10,000 rows took 60.0 and 53.8 s in two runs by hand on the same machine, quiet, with 467 MB.</li><li>Where groups are round, as in the mixture, a training gains nothing on k-means.</li></ul></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("benchmarks/cluster.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const cluster = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  cluster as default
};
