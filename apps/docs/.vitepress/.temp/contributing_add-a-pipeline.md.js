import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Add a pipeline","description":"","frontmatter":{},"headers":[],"relativePath":"contributing/add-a-pipeline.md","filePath":"contributing/add-a-pipeline.md"}');
const _sfc_main = { name: "contributing/add-a-pipeline.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="add-a-pipeline" tabindex="-1">Add a pipeline <a class="header-anchor" href="#add-a-pipeline" aria-label="Permalink to &quot;Add a pipeline&quot;">​</a></h1><ol><li><code>packages/pipelines/src/systems/NAME.ts</code>: a plugin of kind <code>pipeline</code> whose options name its parts by <code>part(kind, default)</code>. <code>assembler</code> makes them with a random stream for each. <code>bootsc.ts</code> is 100 lines.</li><li>Return <code>views</code>, <code>step</code>, <code>infer</code> and the model&#39;s variables. Set <code>compilable</code> if the step depends on its views, the labels and the variables alone. What the host must compute goes through <code>onHost</code>.</li><li>Say what programs must know before they make one in <code>traits</code> (<code>supervised</code>, <code>classical</code>, <code>findsClusters</code>).</li><li>Add a recipe in <code>packages/pipelines/src/recipes</code>: settings by name, and for which kind of rows it is the default.</li><li>Tests: <code>testPipeline</code> of <code>@dc/core/testing</code>, a resume to the same bits, and the value of its loss on a small problem, by hand.</li><li>A page in <code>docs/systems</code> with formulas, data flow, settings, and what was checked; <code>tests/packages/systems-pages.test.ts</code> holds page and schema together.</li></ol></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("contributing/add-a-pipeline.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const addAPipeline = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  addAPipeline as default
};
