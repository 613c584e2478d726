import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"images","description":"","frontmatter":{},"headers":[],"relativePath":"benchmarks/images.md","filePath":"benchmarks/images.md"}');
const _sfc_main = { name: "benchmarks/images.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="images" tabindex="-1">images <a class="header-anchor" href="#images" aria-label="Permalink to &quot;images&quot;">​</a></h1><p>ResNet-18 training step at 32×32 with its views, ViT-B/16 features at 224×224. Measured 2026-11-26 by <code>npm run bench -- images --save</code>.</p><table tabindex="0"><thead><tr><th>bench</th><th>ours, ms</th><th>peers, ms (ours ÷ theirs)</th><th>quality</th><th>note</th></tr></thead><tbody><tr><td>ResNet-18 and head, 32×32, two views of 32: step</td><td>1009</td><td>pytorch 801 (1.26 ×)</td><td>images of an epoch per second, two views each 31.7; the same with drawing the views 31.3; peak memory, MB 1083; PyTorch, images per second 40; PyTorch, peak memory, MB 1429; first two losses differ by 0.0000399</td><td></td></tr><tr><td>BYOL views, 32×32, two of 32</td><td>14.0</td><td></td><td>ms for both views 14.0; of one step with its views 0.0137</td><td>share of the training step</td></tr><tr><td>ViT 768×12, patch 16, 224×224, 8 images: features</td><td>718</td><td>pytorch 830 (0.864 ×)</td><td>images per second 11.1; peak memory, MB 2068; PyTorch, images per second 9.60; PyTorch, peak memory, MB 1357; features differ by 0.00000310</td><td>medians of 3, in turn; the lowest of 3</td></tr></tbody></table><p>Intel(R) Xeon(R) Processor, 2 cores, 24 GiB; Linux 6.18.44-fc-v657 x64; Node 20.20.2; @tensorflow/tfjs-core 4.22.0, @tensorflow/tfjs-backend-wasm 4.22.0, onnxruntime-node 1.30.0, python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, POT 0.9.7.post1, torch 2.15.0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("benchmarks/images.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const images = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  images as default
};
