import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Add a bench","description":"","frontmatter":{},"headers":[],"relativePath":"contributing/add-a-bench.md","filePath":"contributing/add-a-bench.md"}');
const _sfc_main = { name: "contributing/add-a-bench.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="add-a-bench" tabindex="-1">Add a bench <a class="header-anchor" href="#add-a-bench" aria-label="Permalink to &quot;Add a bench&quot;">​</a></h1><ol><li><code>bench/benches/NAME.ts</code> exports <code>defineBench({ name, description, run })</code>. Each line has one piece of work, done by us and by the peer in turn in one run (<code>inTurn</code>), with the error or the score of both beside the times.</li><li>The peer is a program in <code>bench/peers</code>: it prints one JSON object on its last line, and ends with code 3 where it lacks a library.</li><li><code>--quick</code> must run in seconds: it shows that it works. No test looks at a time.</li><li><code>npm run bench -- NAME --save</code> on a quiet machine writes <code>bench/results/NAME.md</code> with the hardware. What loses stays in the table.</li></ol></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("contributing/add-a-bench.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const addABench = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  addABench as default
};
