import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Add a loss","description":"","frontmatter":{},"headers":[],"relativePath":"contributing/add-a-loss.md","filePath":"contributing/add-a-loss.md"}');
const _sfc_main = { name: "contributing/add-a-loss.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="add-a-loss" tabindex="-1">Add a loss <a class="header-anchor" href="#add-a-loss" aria-label="Permalink to &quot;Add a loss&quot;">​</a></h1><ol><li>Write the formula as a function of tensors in a file of its own in <code>packages/losses/src</code>, named for it. Its comment has the equation, the shapes and the source. <code>swapped-cross-entropy.ts</code> is an example.</li><li>Give it back as named elements, one value for each sample: <code>Loss&lt;Inputs&gt;</code> with <code>elements(inputs)</code>. The pipeline reduces them. If what it is given is new, describe it in <code>inputs.ts</code>.</li><li>Make it a plugin by <code>definePlugin({ kind: &#39;loss&#39;, … })</code> with a strict schema of its options, and add it to <code>plugins</code> in <code>index.ts</code>.</li><li>Test it beside the code: the value by hand on three numbers, the gradient by finite differences, and <code>testLoss</code> of <code>@dc/core/testing</code>.</li><li><code>npx vitest run packages/losses</code>, then <code>npm run changeset</code>.</li></ol><p>To use it only in your own project, write a package instead: <a href="./../plugins.html">plugins</a>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("contributing/add-a-loss.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const addALoss = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  addALoss as default
};
