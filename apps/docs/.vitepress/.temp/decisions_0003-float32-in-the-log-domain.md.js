import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"float32 on backends, in the log domain; float64 on the host","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/0003-float32-in-the-log-domain.md","filePath":"decisions/0003-float32-in-the-log-domain.md"}');
const _sfc_main = { name: "decisions/0003-float32-in-the-log-domain.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="float32-on-backends-in-the-log-domain-float64-on-the-host" tabindex="-1">float32 on backends, in the log domain; float64 on the host <a class="header-anchor" href="#float32-on-backends-in-the-log-domain-float64-on-the-host" aria-label="Permalink to &quot;float32 on backends, in the log domain; float64 on the host&quot;">​</a></h1><p>2026-11-22</p><p><strong>What was the matter.</strong> GPUs and ONNX Runtime are fast in float32. Transport with a small ε overflows there.</p><p><strong>Decided.</strong> Solvers work on logarithms. What is cheap on the host (neighbours, scores, oracles) is float64, exactly.</p><p><strong>What came of it.</strong> A solve that does not converge is told as data (<code>converged: false</code>, the error), never as an exception.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("decisions/0003-float32-in-the-log-domain.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const _0003Float32InTheLogDomain = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  _0003Float32InTheLogDomain as default
};
