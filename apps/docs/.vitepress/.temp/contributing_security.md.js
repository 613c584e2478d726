import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Security","description":"","frontmatter":{},"headers":[],"relativePath":"contributing/security.md","filePath":"contributing/security.md"}');
const _sfc_main = { name: "contributing/security.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="security" tabindex="-1">Security <a class="header-anchor" href="#security" aria-label="Permalink to &quot;Security&quot;">​</a></h1><h2 id="what-is-defended" tabindex="-1">What is defended <a class="header-anchor" href="#what-is-defended" aria-label="Permalink to &quot;What is defended&quot;">​</a></h2><ul><li><strong>Files are hostile.</strong> Readers bound what they allocate before they allocate it, check lengths and checksums, and end in an error that names the place. Archives are unpacked up to a limit; paths in them never leave the archive.</li><li><strong>Names are hostile.</strong> File names, labels and class names are escaped wherever they are shown: terminal, CSV (no formulas), report.</li><li><strong>A model is data.</strong> Model files and checkpoints are safetensors and JSON. Loading one runs nothing.</li><li><strong>Nothing listens unless asked.</strong> What serves a page does so on the loopback address, with a token.</li><li><strong>Passwords stay where they are.</strong> The address of a queue is never printed or written to a run folder with its password.</li><li><strong>Jobs are checked.</strong> A worker checks a job by its schema, and the version of the code, before it runs anything.</li></ul><h2 id="what-is-not" tabindex="-1">What is not <a class="header-anchor" href="#what-is-not" aria-label="Permalink to &quot;What is not&quot;">​</a></h2><ul><li><strong>A plugin is code.</strong> It runs with all rights of the process. A worker loads one only if its own command line names it.</li><li><strong>A network file (<code>.onnx</code>) is run</strong> by ONNX Runtime, whose own faults are not ours to mend.</li><li><strong>A queue is trusted.</strong> Who can write to the Redis that a worker reads can choose its work, within the job kinds that there are, and within the folders that <code>dclust worker --within FOLDER</code> names, also through links.</li></ul><h2 id="telling-us" tabindex="-1">Telling us <a class="header-anchor" href="#telling-us" aria-label="Permalink to &quot;Telling us&quot;">​</a></h2><p>Write to the maintainers in private, by the repository&#39;s security advisories, and give us some days before you tell others. A file that makes a reader crash, hang or take more memory than it has a right to is a fault: send it.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("contributing/security.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const security = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  security as default
};
