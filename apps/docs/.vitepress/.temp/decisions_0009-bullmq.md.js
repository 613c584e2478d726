import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"BullMQ on Redis for many machines","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/0009-bullmq.md","filePath":"decisions/0009-bullmq.md"}');
const _sfc_main = { name: "decisions/0009-bullmq.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="bullmq-on-redis-for-many-machines" tabindex="-1">BullMQ on Redis for many machines <a class="header-anchor" href="#bullmq-on-redis-for-many-machines" aria-label="Permalink to &quot;BullMQ on Redis for many machines&quot;">​</a></h1><p>2026-11-27</p><p><strong>What was the matter.</strong> Many runs, many pictures and data larger than a machine need a queue with retries, stalled jobs and progress. Writing one is a project of its own.</p><p><strong>Decided.</strong> <code>@dc/distributed</code> is a small interface with two implementations: child processes of this machine, and BullMQ 6. Both pass one suite. BullMQ is an optional peer.</p><p><strong>What came of it.</strong> Nothing to install for one machine. Partial sums travel as binary Redis values and are added in the order of the shards, so that any number of workers gives the same bits.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("decisions/0009-bullmq.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const _0009Bullmq = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  _0009Bullmq as default
};
