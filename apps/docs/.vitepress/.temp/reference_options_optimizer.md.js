import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Options: optimizer","description":"","frontmatter":{},"headers":[],"relativePath":"reference/options/optimizer.md","filePath":"reference/options/optimizer.md"}');
const _sfc_main = { name: "reference/options/optimizer.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="options-optimizer" tabindex="-1">Options: optimizer <a class="header-anchor" href="#options-optimizer" aria-label="Permalink to &quot;Options: optimizer&quot;">​</a></h1><p>What <code>dclust list optimizer</code> shows, from the schemas that check options.</p><h2 id="sgd" tabindex="-1"><code>sgd</code> <a class="header-anchor" href="#sgd" aria-label="Permalink to &quot;\`sgd\`&quot;">​</a></h2><p>Stochastic gradient descent with momentum and weight decay (PyTorch convention)</p><table tabindex="0"><thead><tr><th>option</th><th>default</th><th>allowed</th><th>what it is</th></tr></thead><tbody><tr><td><code>momentum</code></td><td><code>0.9</code></td><td>a number ≥ 0 and &lt; 1</td><td></td></tr><tr><td><code>weightDecay</code></td><td><code>0</code></td><td>a number ≥ 0</td><td></td></tr><tr><td><code>nesterov</code></td><td><code>false</code></td><td>true, false</td><td></td></tr></tbody></table><h2 id="adam" tabindex="-1"><code>adam</code> <a class="header-anchor" href="#adam" aria-label="Permalink to &quot;\`adam\`&quot;">​</a></h2><p>Adam; weight decay as an L2 penalty (PyTorch convention)</p><table tabindex="0"><thead><tr><th>option</th><th>default</th><th>allowed</th><th>what it is</th></tr></thead><tbody><tr><td><code>beta1</code></td><td><code>0.9</code></td><td>a number ≥ 0 and &lt; 1</td><td></td></tr><tr><td><code>beta2</code></td><td><code>0.999</code></td><td>a number ≥ 0 and &lt; 1</td><td></td></tr><tr><td><code>epsilon</code></td><td><code>1e-8</code></td><td>a number &gt; 0</td><td></td></tr><tr><td><code>weightDecay</code></td><td><code>0</code></td><td>a number ≥ 0</td><td></td></tr></tbody></table><h2 id="adamw" tabindex="-1"><code>adamw</code> <a class="header-anchor" href="#adamw" aria-label="Permalink to &quot;\`adamw\`&quot;">​</a></h2><p>Adam with decoupled weight decay (PyTorch convention)</p><table tabindex="0"><thead><tr><th>option</th><th>default</th><th>allowed</th><th>what it is</th></tr></thead><tbody><tr><td><code>beta1</code></td><td><code>0.9</code></td><td>a number ≥ 0 and &lt; 1</td><td></td></tr><tr><td><code>beta2</code></td><td><code>0.999</code></td><td>a number ≥ 0 and &lt; 1</td><td></td></tr><tr><td><code>epsilon</code></td><td><code>1e-8</code></td><td>a number &gt; 0</td><td></td></tr><tr><td><code>weightDecay</code></td><td><code>0.01</code></td><td>a number ≥ 0</td><td></td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("reference/options/optimizer.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const optimizer = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  optimizer as default
};
