import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Decisions","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/index.md","filePath":"decisions/index.md"}');
const _sfc_main = { name: "decisions/index.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="decisions" tabindex="-1">Decisions <a class="header-anchor" href="#decisions" aria-label="Permalink to &quot;Decisions&quot;">​</a></h1><p>Why things are as they are: what was the matter, what was decided, what came of it. A record is not changed later; a new one replaces it.</p><table tabindex="0"><thead><tr><th></th><th>decided</th></tr></thead><tbody><tr><td><a href="./0001-backend-of-our-own.html">A TensorFlow.js backend of our own, on ONNX Runtime</a></td><td>2026-11-22</td></tr><tr><td><a href="./0002-plain-object-plugins.html">Plugins are plain objects, and a registry is passed in</a></td><td>2026-11-22</td></tr><tr><td><a href="./0003-float32-in-the-log-domain.html">float32 on backends, in the log domain; float64 on the host</a></td><td>2026-11-22</td></tr><tr><td><a href="./0004-exact-neighbours.html">Neighbours are exact, by fast approximate products and a bound</a></td><td>2026-11-22</td></tr><tr><td><a href="./0005-one-library-one-front-door.html"><code>@dc/pipelines</code> is the library; the command line only tells it</a></td><td>2026-11-26</td></tr><tr><td><a href="./0006-neighbours-as-views.html">On embeddings, a row&#39;s neighbour is its other view</a></td><td>2026-11-27</td></tr><tr><td><a href="./0007-consensus-labels.html">Labels of embeddings are what several methods agree on</a></td><td>2026-11-27</td></tr><tr><td><a href="./0008-umap-of-our-own.html">UMAP&#39;s layout is ours</a></td><td>2026-11-27</td></tr><tr><td><a href="./0009-bullmq.html">BullMQ on Redis for many machines</a></td><td>2026-11-27</td></tr><tr><td><a href="./0010-one-space-for-scores.html">Scores without labels are taken in one space that belongs to no method</a></td><td>2026-11-27</td></tr><tr><td><a href="./0011-onnx-runtime-in-pages.html">In pages the compiled step runs on ONNX Runtime as WebAssembly</a></td><td>2026-11-27</td></tr></tbody></table></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("decisions/index.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  index as default
};
