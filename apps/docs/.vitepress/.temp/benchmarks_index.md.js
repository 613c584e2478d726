import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Benchmarks","description":"","frontmatter":{},"headers":[],"relativePath":"benchmarks/index.md","filePath":"benchmarks/index.md"}');
const _sfc_main = { name: "benchmarks/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="benchmarks" tabindex="-1">Benchmarks <a class="header-anchor" href="#benchmarks" aria-label="Permalink to &quot;Benchmarks&quot;">​</a></h1><p>Every claim about speed or quality has a table with the machine, the versions and the command that repeats it.</p><table tabindex="0"><thead><tr><th>question</th><th>table</th></tr></thead><tbody><tr><td>How well do methods cluster embeddings, beside UMAP + k-means and HDBSCAN?</td><td><a href="./quality-embeddings.html">quality-embeddings</a>, <a href="./embeddings.html">embeddings</a></td></tr><tr><td>How well do they cluster small images?</td><td><a href="./quality.html">quality</a>, <a href="./quality-images.html">quality-images</a></td></tr><tr><td>Long tails, given sizes, unseen classes?</td><td><a href="./quality-systems.html">quality-systems</a></td></tr><tr><td>What are corrections by a person worth?</td><td><a href="./quality-corrections.html">quality-corrections</a></td></tr><tr><td>How long does <code>dclust cluster</code> take?</td><td><a href="./cluster.html">cluster</a></td></tr><tr><td>Leiden beside leidenalg</td><td><a href="./communities.html">communities</a></td></tr><tr><td>Neighbours and spectral clustering beside scikit-learn</td><td><a href="./spectral.html">spectral</a></td></tr><tr><td>Transport beside POT</td><td><a href="./transport.html">transport</a>, <a href="./transport-kernels.html">its kernels</a></td></tr><tr><td>Training steps beside PyTorch and TensorFlow</td><td><a href="./train-step.html">train-step</a>, <a href="./resnet-step.html">resnet-step</a>, <a href="./pipelines.html">pipelines</a></td></tr><tr><td>Scores beside scikit-learn</td><td><a href="./metrics.html">metrics</a></td></tr><tr><td>Reading images</td><td><a href="./images.html">images</a></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("benchmarks/index.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  index as default
};
