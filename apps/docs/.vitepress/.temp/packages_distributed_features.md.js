import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Features","description":"","frontmatter":{},"headers":[],"relativePath":"packages/distributed/features.md","filePath":"packages/distributed/features.md"}');
const _sfc_main = { name: "packages/distributed/features.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="features" tabindex="-1">Features <a class="header-anchor" href="#features" aria-label="Permalink to &quot;Features&quot;">​</a></h1><table tabindex="0"><thead><tr><th></th><th>localQueue</th><th>redisQueue</th><th>BullMQ itself</th></tr></thead><tbody><tr><td>needs</td><td>nothing</td><td>Redis ≥ 6.2, <code>bullmq</code>, <code>ioredis</code></td><td>the same</td></tr><tr><td>machines</td><td>this one</td><td>any number</td><td>any number</td></tr><tr><td>payloads checked by schema, at both ends</td><td>✓</td><td>✓</td><td>–</td></tr><tr><td>results as bytes, committed under the lock</td><td>✓</td><td>✓</td><td>JSON</td></tr><tr><td>jobs in processes of their own; a process ends with its lease</td><td>✓</td><td>✓</td><td>processes, without the lease</td></tr><tr><td>progress, retries with growing pauses, cancelling</td><td>✓</td><td>✓</td><td>✓</td></tr><tr><td>a job that runs is cancelled from another machine</td><td>–</td><td>✓</td><td>–</td></tr><tr><td>jobs outlive the process that added them</td><td>–</td><td>✓</td><td>✓</td></tr><tr><td>refuses workers of another code version; ends jobs of one on demand</td><td>– (one process)</td><td>✓</td><td>–</td></tr><tr><td>refuses a server that may drop jobs</td><td>– (no server)</td><td>✓</td><td>warns</td></tr><tr><td>priorities, schedules, flows, rate limits</td><td>–</td><td>–</td><td>✓</td></tr></tbody></table><p>Tested on a real <code>redis-server</code>: SIGKILL of a worker, of a coordinator, of the server with append-only file; a worker that is stopped and wakes too late; two coordinators on the same jobs; a disk that is full; other code versions; wrong passwords; TLS (<code>src/faults.test.ts</code>). A cluster of Redis servers is not tested.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("packages/distributed/features.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const features = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  features as default
};
