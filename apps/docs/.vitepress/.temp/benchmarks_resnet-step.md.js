import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"resnet-step","description":"","frontmatter":{},"headers":[],"relativePath":"benchmarks/resnet-step.md","filePath":"benchmarks/resnet-step.md"}');
const _sfc_main = { name: "benchmarks/resnet-step.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="resnet-step" tabindex="-1">resnet-step <a class="header-anchor" href="#resnet-step" aria-label="Permalink to &quot;resnet-step&quot;">​</a></h1><p>ResNet-18 with the CIFAR stem, 32×32 images, batch 64: forward, backward, SGD with momentum. Measured 2026-11-22 by <code>npm run bench -- resnet-step --save</code>.</p><table tabindex="0"><thead><tr><th>bench</th><th>ours, ms</th><th>peers, ms (ours ÷ theirs)</th><th>quality</th><th>note</th></tr></thead><tbody><tr><td>ResNet-18, batch 64</td><td>1076</td><td>pytorch 887 (1.21 ×)</td><td>losses of the first steps [1.7478,1.7408,1.7286]; peak memory over base, MB 819; PyTorch&#39;s 899; memory ratio 0.910</td><td>tfjs-wasm cannot run it: it has no gradient of a convolution for its filter</td></tr></tbody></table><p>Intel(R) Xeon(R) Processor, 2 cores, 24 GiB; Linux 6.18.44-fc-v595 x64; Node 20.20.2; @tensorflow/tfjs-core 4.22.0, @tensorflow/tfjs-backend-wasm 4.22.0, onnxruntime-node 1.30.0, python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, POT 0.9.7.post1, torch 2.15.0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("benchmarks/resnet-step.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const resnetStep = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  resnetStep as default
};
