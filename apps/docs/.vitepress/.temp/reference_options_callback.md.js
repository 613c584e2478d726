import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Options: callback","description":"","frontmatter":{},"headers":[],"relativePath":"reference/options/callback.md","filePath":"reference/options/callback.md"}');
const _sfc_main = { name: "reference/options/callback.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="options-callback" tabindex="-1">Options: callback <a class="header-anchor" href="#options-callback" aria-label="Permalink to &quot;Options: callback&quot;">​</a></h1><p>What <code>dclust list callback</code> shows, from the schemas that check options.</p><h2 id="early-stopping" tabindex="-1"><code>early-stopping</code> <a class="header-anchor" href="#early-stopping" aria-label="Permalink to &quot;\`early-stopping\`&quot;">​</a></h2><p>Ends training when a log has not improved for some epochs</p><table tabindex="0"><thead><tr><th>option</th><th>default</th><th>allowed</th><th>what it is</th></tr></thead><tbody><tr><td><code>log</code></td><td><code>loss</code></td><td>a text</td><td></td></tr><tr><td><code>patience</code></td><td><code>10</code></td><td>an integer &gt; 0</td><td></td></tr><tr><td><code>minDelta</code></td><td><code>0</code></td><td>a number ≥ 0</td><td></td></tr><tr><td><code>higherIsBetter</code></td><td><code>false</code></td><td>true, false</td><td></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("reference/options/callback.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const callback = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  callback as default
};
