import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Options: head","description":"","frontmatter":{},"headers":[],"relativePath":"reference/options/head.md","filePath":"reference/options/head.md"}');
const _sfc_main = { name: "reference/options/head.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="options-head" tabindex="-1">Options: head <a class="header-anchor" href="#options-head" aria-label="Permalink to &quot;Options: head&quot;">​</a></h1><p>What <code>dclust list head</code> shows, from the schemas that check options.</p><h2 id="projection" tabindex="-1"><code>projection</code> <a class="header-anchor" href="#projection" aria-label="Permalink to &quot;\`projection\`&quot;">​</a></h2><p>Linear, batch normalisation, ReLU, linear, batch normalisation: to the space where samples are compared</p><table tabindex="0"><thead><tr><th>option</th><th>default</th><th>allowed</th><th>what it is</th></tr></thead><tbody><tr><td><code>hidden</code></td><td><code>4096</code></td><td>an integer &gt; 0</td><td></td></tr><tr><td><code>width</code></td><td><code>128</code></td><td>an integer &gt; 0</td><td></td></tr></tbody></table><h2 id="prototypes" tabindex="-1"><code>prototypes</code> <a class="header-anchor" href="#prototypes" aria-label="Permalink to &quot;\`prototypes\`&quot;">​</a></h2><p>Inner products with unit-length prototypes, one per cluster, and a bias</p><table tabindex="0"><thead><tr><th>option</th><th>default</th><th>allowed</th><th>what it is</th></tr></thead><tbody><tr><td><code>k</code></td><td>required</td><td>an integer ≥ 2</td><td>clusters</td></tr><tr><td><code>bias</code></td><td><code>true</code></td><td>true, false</td><td></td></tr></tbody></table><h2 id="linear" tabindex="-1"><code>linear</code> <a class="header-anchor" href="#linear" aria-label="Permalink to &quot;\`linear\`&quot;">​</a></h2><p>One linear layer</p><table tabindex="0"><thead><tr><th>option</th><th>default</th><th>allowed</th><th>what it is</th></tr></thead><tbody><tr><td><code>width</code></td><td>required</td><td>an integer &gt; 0</td><td>outputs</td></tr><tr><td><code>bias</code></td><td><code>true</code></td><td>true, false</td><td></td></tr></tbody></table><h2 id="cosine" tabindex="-1"><code>cosine</code> <a class="header-anchor" href="#cosine" aria-label="Permalink to &quot;\`cosine\`&quot;">​</a></h2><p>Cosines with prototypes, one per cluster, times a scale</p><table tabindex="0"><thead><tr><th>option</th><th>default</th><th>allowed</th><th>what it is</th></tr></thead><tbody><tr><td><code>k</code></td><td>required</td><td>an integer ≥ 2</td><td>clusters</td></tr><tr><td><code>scale</code></td><td><code>10</code></td><td>a number &gt; 0</td><td></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("reference/options/head.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const head = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  head as default
};
