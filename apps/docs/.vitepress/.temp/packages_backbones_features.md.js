import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Features","description":"","frontmatter":{},"headers":[],"relativePath":"packages/backbones/features.md","filePath":"packages/backbones/features.md"}');
const _sfc_main = { name: "packages/backbones/features.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="features" tabindex="-1">Features <a class="header-anchor" href="#features" aria-label="Permalink to &quot;Features&quot;">​</a></h1><table tabindex="0"><thead><tr><th></th><th>@dc/backbones</th><th>tfjs-layers</th><th>torch.nn / timm</th></tr></thead><tbody><tr><td>linear, batch normalisation with running statistics</td><td>✓</td><td>✓</td><td>✓</td></tr><tr><td>PyTorch&#39;s defaults for initial weights and statistics</td><td>✓</td><td>–</td><td>✓</td></tr><tr><td>batch-normalisation gradient in closed form</td><td>✓</td><td>–</td><td>✓</td></tr><tr><td>runs without a layer framework, on a recording backend</td><td>✓</td><td>–</td><td>–</td></tr><tr><td>MLP, identity</td><td>✓</td><td>by hand</td><td>by hand</td></tr><tr><td>clustering heads: projection, unit-length prototypes</td><td>✓</td><td>–</td><td>by hand</td></tr><tr><td>learned temperature with its clamp</td><td>✓</td><td>–</td><td>by hand</td></tr><tr><td>ConvNet, ResNet-18/34/50 with CIFAR and ImageNet stems</td><td>✓</td><td>by hand</td><td>✓</td></tr><tr><td>convolutional autoencoder</td><td>✓</td><td>by hand</td><td>by hand</td></tr><tr><td>ViT-S/16, ViT-B/16, last blocks trainable</td><td>✓</td><td>–</td><td>✓</td></tr><tr><td>images of another size resized by the network, normalisation inside it</td><td>✓</td><td>–</td><td>by transforms</td></tr><tr><td>weights from <code>.safetensors</code> (F64 F32 F16 BF16), names of PyTorch, timm, torchvision</td><td>✓</td><td>–</td><td>✓</td></tr><tr><td>several networks in one weights file</td><td>refused, or chosen by prefix</td><td>–</td><td>by hand</td></tr><tr><td>arrays that the network has no place for</td><td>refused by name, except heads</td><td>–</td><td><code>strict</code></td></tr><tr><td>weights from <code>.pth</code> (pickle)</td><td>–</td><td>–</td><td>✓</td></tr><tr><td>positions of a ViT resized for another image size</td><td>–</td><td>–</td><td>✓</td></tr><tr><td>export to <code>.safetensors</code> and ONNX (any batch size)</td><td>✓</td><td>–</td><td>✓</td></tr><tr><td>frozen features from any ONNX file, kept on disk</td><td>✓ types, shapes and batch size checked first</td><td>–</td><td>by hand</td></tr><tr><td>Inception-BN</td><td>– (an ONNX file of it stands in)</td><td>–</td><td>✓</td></tr><tr><td>dropout, stochastic depth, mixed precision</td><td>–</td><td>dropout</td><td>✓</td></tr><tr><td>a hub that downloads weights</td><td>– (<code>pretrained</code> says where they are)</td><td>–</td><td>✓</td></tr></tbody></table><ul><li>Parity with PyTorch is shown on random weights of small sizes; the published files themselves have not been tried.</li><li>An exported ONNX file takes NHWC images and may use operators of ONNX Runtime (<code>com.microsoft</code>) where the backend does.</li></ul></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("packages/backbones/features.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const features = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  features as default
};
