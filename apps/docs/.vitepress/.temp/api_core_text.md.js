import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"@dc/core/text","description":"","frontmatter":{},"headers":[],"relativePath":"api/core/text.md","filePath":"api/core/text.md"}');
const _sfc_main = { name: "api/core/text.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="dc-core-text" tabindex="-1">@dc/core/text <a class="header-anchor" href="#dc-core-text" aria-label="Permalink to &quot;@dc/core/text&quot;">​</a></h1><h2 id="references" tabindex="-1">References <a class="header-anchor" href="#references" aria-label="Permalink to &quot;References&quot;">​</a></h2><h3 id="csvcell" tabindex="-1">csvCell <a class="header-anchor" href="#csvcell" aria-label="Permalink to &quot;csvCell&quot;">​</a></h3><p>Re-exports <a href="./#csvcell">csvCell</a></p><hr><h3 id="printable" tabindex="-1">printable <a class="header-anchor" href="#printable" aria-label="Permalink to &quot;printable&quot;">​</a></h3><p>Re-exports <a href="./#printable">printable</a></p><hr><h3 id="printablelines" tabindex="-1">printableLines <a class="header-anchor" href="#printablelines" aria-label="Permalink to &quot;printableLines&quot;">​</a></h3><p>Re-exports <a href="./#printablelines">printableLines</a></p><hr><h3 id="quoted" tabindex="-1">quoted <a class="header-anchor" href="#quoted" aria-label="Permalink to &quot;quoted&quot;">​</a></h3><p>Re-exports <a href="./#quoted">quoted</a></p><hr><h3 id="textofcell" tabindex="-1">textOfCell <a class="header-anchor" href="#textofcell" aria-label="Permalink to &quot;textOfCell&quot;">​</a></h3><p>Re-exports <a href="./#textofcell">textOfCell</a></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("api/core/text.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const text = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  text as default
};
