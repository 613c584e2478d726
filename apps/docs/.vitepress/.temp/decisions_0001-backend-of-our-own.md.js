import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"A TensorFlow.js backend of our own, on ONNX Runtime","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/0001-backend-of-our-own.md","filePath":"decisions/0001-backend-of-our-own.md"}');
const _sfc_main = { name: "decisions/0001-backend-of-our-own.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="a-tensorflow-js-backend-of-our-own-on-onnx-runtime" tabindex="-1">A TensorFlow.js backend of our own, on ONNX Runtime <a class="header-anchor" href="#a-tensorflow-js-backend-of-our-own-on-onnx-runtime" aria-label="Permalink to &quot;A TensorFlow.js backend of our own, on ONNX Runtime&quot;">​</a></h1><p>2026-11-22</p><p><strong>What was the matter.</strong> TensorFlow.js in Node has a WebAssembly backend of one thread, and <code>tfjs-node</code>, whose install downloads a library and whose GPU build is tied to CUDA 11.2. Both are frozen upstream. Training a small network was many times slower than in PyTorch.</p><p><strong>Decided.</strong> <code>@dc/backend-onnx</code> records what TensorFlow.js asks for and compiles a whole training step, gradients and update included, into one ONNX model. ONNX Runtime is kept, is fast, and works from its npm tarball with its install script off.</p><p><strong>What came of it.</strong> A step is level with PyTorch on the same two cores (<a href="./../benchmarks/train-step.html">bench</a>). Code stays plain TensorFlow.js, so every other backend of it runs too. The price is a recorder, tested by TensorFlow.js&#39; own published suite.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("decisions/0001-backend-of-our-own.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const _0001BackendOfOurOwn = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  _0001BackendOfOurOwn as default
};
