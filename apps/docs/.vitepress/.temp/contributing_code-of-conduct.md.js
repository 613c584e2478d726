import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Code of conduct","description":"","frontmatter":{},"headers":[],"relativePath":"contributing/code-of-conduct.md","filePath":"contributing/code-of-conduct.md"}');
const _sfc_main = { name: "contributing/code-of-conduct.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="code-of-conduct" tabindex="-1">Code of conduct <a class="header-anchor" href="#code-of-conduct" aria-label="Permalink to &quot;Code of conduct&quot;">​</a></h1><p>We want everyone to be able to work here in peace.</p><ul><li>Be kind, and assume that the other means well. Criticise the work, never the person.</li><li>Say what you measured and how. Say plainly what you do not know.</li><li>No insults, no harassment, no remarks on what somebody is. Not in private either.</li><li>Plain language helps those who read in a second language.</li></ul><p>Who is treated badly here, or sees it, writes to the maintainers by the repository&#39;s security advisories, which are private. We read it, ask both sides, and act: a word, a pause, or an end of contributing. We do not tell who wrote.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("contributing/code-of-conduct.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const codeOfConduct = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  codeOfConduct as default
};
