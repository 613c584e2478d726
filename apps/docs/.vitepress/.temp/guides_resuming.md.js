import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Stopping and going on","description":"","frontmatter":{},"headers":[],"relativePath":"guides/resuming.md","filePath":"guides/resuming.md"}');
const _sfc_main = { name: "guides/resuming.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="stopping-and-going-on" tabindex="-1">Stopping and going on <a class="header-anchor" href="#stopping-and-going-on" aria-label="Permalink to &quot;Stopping and going on&quot;">​</a></h1><div class="language-sh vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">sh</span><pre class="shiki shiki-themes github-light github-dark vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#6F42C1;--shiki-dark:#B392F0;">dclust</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> run</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> bootsc</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --data</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> embeddings.npy</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --k</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> 3</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --epochs</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> 4</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --out</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> runs/long</span><span style="--shiki-light:#6A737D;--shiki-dark:#6A737D;">   # Ctrl-C stops it after the step at hand</span></span>
<span class="line"><span style="--shiki-light:#6F42C1;--shiki-dark:#B392F0;">dclust</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> run</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --out</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> runs/long</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --resume</span><span style="--shiki-light:#6A737D;--shiki-dark:#6A737D;">                              # goes on from the last checkpoint</span></span>
<span class="line"><span style="--shiki-light:#6F42C1;--shiki-dark:#B392F0;">dclust</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> report</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> runs/long</span><span style="--shiki-light:#6A737D;--shiki-dark:#6A737D;">                                          # draws the report again</span></span></code></pre></div><p>Ctrl-C, SIGTERM and SIGHUP stop a run after the step at hand; a second one ends it at once. <code>--resume</code> goes on from the last checkpoint, which is written after each epoch beside its place and renamed. The same seed on the same backend then ends with the labels, weights and logs of the unbroken run. Settings need not be said again; a checkpoint of other settings, another seed or changed data is refused. A sweep that is asked again does only what is not done.</p><p>Programs pass a <code>signal</code> to <code>fit</code>, and a <code>checkpoint</code> and <code>resume</code> to <code>train</code> of <a href="./../packages/trainer/"><code>@dc/trainer</code></a>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("guides/resuming.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const resuming = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  resuming as default
};
