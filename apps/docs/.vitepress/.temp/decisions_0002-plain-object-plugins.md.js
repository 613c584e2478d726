import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Plugins are plain objects, and a registry is passed in","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/0002-plain-object-plugins.md","filePath":"decisions/0002-plain-object-plugins.md"}');
const _sfc_main = { name: "decisions/0002-plain-object-plugins.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="plugins-are-plain-objects-and-a-registry-is-passed-in" tabindex="-1">Plugins are plain objects, and a registry is passed in <a class="header-anchor" href="#plugins-are-plain-objects-and-a-registry-is-passed-in" aria-label="Permalink to &quot;Plugins are plain objects, and a registry is passed in&quot;">​</a></h1><p>2026-11-22</p><p><strong>What was the matter.</strong> Other frameworks register on import. Then the order of imports matters, two versions fight over a global, and a bundler throws code away that nobody names.</p><p><strong>Decided.</strong> A plugin is an object with a kind, a name, a schema of its options and <code>create</code>. Importing a package registers nothing; <code>createRegistry([plugins])</code> does.</p><p><strong>What came of it.</strong> A page bundles what it names. A misspelt option does not compile. Each kind has a conformance suite that an author runs.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("decisions/0002-plain-object-plugins.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const _0002PlainObjectPlugins = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  _0002PlainObjectPlugins as default
};
