import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Add a backend","description":"","frontmatter":{},"headers":[],"relativePath":"contributing/add-a-backend.md","filePath":"contributing/add-a-backend.md"}');
const _sfc_main = { name: "contributing/add-a-backend.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="add-a-backend" tabindex="-1">Add a backend <a class="header-anchor" href="#add-a-backend" aria-label="Permalink to &quot;Add a backend&quot;">​</a></h1><ol><li><code>packages/core/src/backends/NAME.ts</code>: a plugin of kind <code>backend</code> with <code>available()</code>, which says why it cannot run here, and <code>activate()</code>. A library that downloads at install is an optional peer and is loaded there, on demand.</li><li>Add it to <code>backendCandidates</code> in <code>apps/cli/src/assembly.ts</code>, in the place where it should be tried.</li><li><code>tests/backends</code>: <code>testBackend</code> (ops, gradients, IEEE specials, leaks) and the training steps that must give the losses of <code>cpu</code>. <code>npm run tfjs-suite -- NAME</code> runs TensorFlow.js&#39; own suite on it.</li><li><code>dclust doctor</code> must say in one line whether it works on a machine, and if not, what to do.</li></ol></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("contributing/add-a-backend.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const addABackend = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  addABackend as default
};
