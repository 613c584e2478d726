import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Add a dataset or a file format","description":"","frontmatter":{},"headers":[],"relativePath":"contributing/add-a-dataset.md","filePath":"contributing/add-a-dataset.md"}');
const _sfc_main = { name: "contributing/add-a-dataset.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="add-a-dataset-or-a-file-format" tabindex="-1">Add a dataset or a file format <a class="header-anchor" href="#add-a-dataset-or-a-file-format" aria-label="Permalink to &quot;Add a dataset or a file format&quot;">​</a></h1><ol><li>A reader is a function from bytes or a path to rows: <code>packages/data/src/formats/NAME.ts</code>. It bounds what it allocates by the file&#39;s size before it allocates. Whatever is wrong ends in a <code>DataError</code> that names the place.</li><li>The plugin (<code>packages/data/src/datasets/NAME.ts</code>, kind <code>dataset</code>) turns that into a <code>Dataset</code>: <code>size</code>, <code>sampleShape</code>, <code>read(rows)</code>, labels, names. <code>describe</code> says what the rows are by the head of the file, without reading it all.</li><li>What it left out or changed goes to <code>notices</code> and <code>leftOut</code>, so that people are told.</li><li>Tests: a file written by the program that everybody uses (numpy, pandas, R), one cut short at each byte, one that lies about its size, and <code>testDataset</code>.</li></ol></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("contributing/add-a-dataset.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const addADataset = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  addADataset as default
};
