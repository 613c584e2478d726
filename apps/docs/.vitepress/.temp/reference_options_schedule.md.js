import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Options: schedule","description":"","frontmatter":{},"headers":[],"relativePath":"reference/options/schedule.md","filePath":"reference/options/schedule.md"}');
const _sfc_main = { name: "reference/options/schedule.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="options-schedule" tabindex="-1">Options: schedule <a class="header-anchor" href="#options-schedule" aria-label="Permalink to &quot;Options: schedule&quot;">​</a></h1><p>What <code>dclust list schedule</code> shows, from the schemas that check options.</p><h2 id="constant" tabindex="-1"><code>constant</code> <a class="header-anchor" href="#constant" aria-label="Permalink to &quot;\`constant\`&quot;">​</a></h2><p>The same value throughout</p><table tabindex="0"><thead><tr><th>option</th><th>default</th><th>allowed</th><th>what it is</th></tr></thead><tbody><tr><td><code>value</code></td><td>required</td><td>a number</td><td></td></tr></tbody></table><h2 id="linear" tabindex="-1"><code>linear</code> <a class="header-anchor" href="#linear" aria-label="Permalink to &quot;\`linear\`&quot;">​</a></h2><p>A straight line from one value to another over the training</p><table tabindex="0"><thead><tr><th>option</th><th>default</th><th>allowed</th><th>what it is</th></tr></thead><tbody><tr><td><code>from</code></td><td>required</td><td>a number</td><td></td></tr><tr><td><code>to</code></td><td><code>0</code></td><td>a number</td><td></td></tr><tr><td><code>per</code></td><td><code>epoch</code></td><td>epoch, step</td><td></td></tr></tbody></table><h2 id="cosine" tabindex="-1"><code>cosine</code> <a class="header-anchor" href="#cosine" aria-label="Permalink to &quot;\`cosine\`&quot;">​</a></h2><p>Cosine decay, optionally with restarts to a lower peak</p><table tabindex="0"><thead><tr><th>option</th><th>default</th><th>allowed</th><th>what it is</th></tr></thead><tbody><tr><td><code>from</code></td><td>required</td><td>a number</td><td></td></tr><tr><td><code>to</code></td><td><code>0</code></td><td>a number</td><td></td></tr><tr><td><code>period</code></td><td>–</td><td>a number &gt; 0</td><td>epochs</td></tr><tr><td><code>restartFactor</code></td><td><code>1</code></td><td>a number &gt; 0</td><td></td></tr><tr><td><code>per</code></td><td><code>epoch</code></td><td>epoch, step</td><td></td></tr></tbody></table><h2 id="sigmoid-ramp" tabindex="-1"><code>sigmoid-ramp</code> <a class="header-anchor" href="#sigmoid-ramp" aria-label="Permalink to &quot;\`sigmoid-ramp\`&quot;">​</a></h2><p>A sigmoid-shaped rise from one value to another</p><table tabindex="0"><thead><tr><th>option</th><th>default</th><th>allowed</th><th>what it is</th></tr></thead><tbody><tr><td><code>from</code></td><td><code>0.1</code></td><td>a number</td><td></td></tr><tr><td><code>to</code></td><td><code>1</code></td><td>a number</td><td></td></tr><tr><td><code>per</code></td><td><code>step</code></td><td>epoch, step</td><td></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("reference/options/schedule.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const schedule = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  schedule as default
};
