import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"In pages the compiled step runs on ONNX Runtime as WebAssembly","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/0011-onnx-runtime-in-pages.md","filePath":"decisions/0011-onnx-runtime-in-pages.md"}');
const _sfc_main = { name: "decisions/0011-onnx-runtime-in-pages.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="in-pages-the-compiled-step-runs-on-onnx-runtime-as-webassembly" tabindex="-1">In pages the compiled step runs on ONNX Runtime as WebAssembly <a class="header-anchor" href="#in-pages-the-compiled-step-runs-on-onnx-runtime-as-webassembly" aria-label="Permalink to &quot;In pages the compiled step runs on ONNX Runtime as WebAssembly&quot;">​</a></h1><p>2026-11-27</p><p><strong>What was the matter.</strong> A page without a GPU trained on TensorFlow.js&#39; WebAssembly: one operator at a time, products at 8.8 GFLOP/s. <code>onnxruntime-web</code> does 17.5 on the same core, but its public class answers by promises, and TensorFlow.js&#39; kernels must answer at once.</p><p><strong>Decided.</strong> Only the public class waits: in the build without a GPU every call of its C interface is synchronous. <code>@dc/backend-onnx/web</code> calls it (<code>web/web-session.ts</code>, in place of <code>onnxruntime-node</code>&#39;s binding), and everything above stays as it is: recording, compiling, updates in one pass. Backend <code>onnx-web</code> passes the suite of all backends. The playground takes a GPU by TensorFlow.js&#39; WebGPU, else <code>onnx-web</code>, else <code>wasm</code>.</p><p><strong>What came of it.</strong> BootSC&#39;s step by the playground&#39;s recipe (256 rows in two views, MLP 512-256): 79 ms of processor time on <code>onnx-web</code>, 117 ms on <code>wasm</code> (in V8, one after the other on a busy machine, the last four of eight epochs of seven steps; the first <code>onnx-web</code> epoch compiles for 2 s); BootSC on the digits, all of a page&#39;s work together, 38 s instead of 47 s, with the same accuracy (0.949). Nine tenths of it are products. The same instance describes pictures. The price is a binary of 14 MB (3.7 MB compressed), which pictures needed anyway, and that <code>onnxruntime-web</code>&#39;s inside is asked: it is pinned to 1.30 and tried before it is chosen.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("decisions/0011-onnx-runtime-in-pages.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const _0011OnnxRuntimeInPages = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  _0011OnnxRuntimeInPages as default
};
