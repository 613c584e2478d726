import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"The four systems","description":"","frontmatter":{},"headers":[],"relativePath":"systems/index.md","filePath":"systems/index.md"}');
const _sfc_main = { name: "systems/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="the-four-systems" tabindex="-1">The four systems <a class="header-anchor" href="#the-four-systems" aria-label="Permalink to &quot;The four systems&quot;">​</a></h1><table tabindex="0"><thead><tr><th>system</th><th>paper</th><th>in one line</th></tr></thead><tbody><tr><td><a href="./bootsc.html"><code>bootsc</code></a></td><td>Guo et al., 2025</td><td>one network learns affinity, spectral embedding and assignment; optimal transport makes the targets</td></tr><tr><td><a href="./otdc.html"><code>otdc</code></a></td><td>Genevay, Dulac-Arnold, Vert, 2019</td><td>k-means as entropic optimal transport with given cluster sizes</td></tr><tr><td><a href="./sp2ot.html"><code>sp2ot</code></a></td><td>Zhang, Ren, He, 2024</td><td>pseudo-labels for imbalanced data: partial mass that grows, soft sizes, neighbours agree</td></tr><tr><td><a href="./dscl.html"><code>dscl</code></a></td><td>Law, Urtasun, Zemel, 2017</td><td>supervised: an embedding whose column space equals the true partition&#39;s</td></tr></tbody></table><p>Each page has the formulas with their names in the code, a diagram of how data flow through it, every setting, what was checked against what, and what does not hold. Classical methods (<code>kmeans</code>, <code>spectral</code>, <code>leiden</code>, <code>consensus</code>) are pipelines too: their settings are among the <a href="/reference/options/pipeline.html">options</a>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("systems/index.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  index as default
};
