import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Texts","description":"","frontmatter":{},"headers":[],"relativePath":"guides/texts.md","filePath":"guides/texts.md"}');
const _sfc_main = { name: "guides/texts.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="texts" tabindex="-1">Texts <a class="header-anchor" href="#texts" aria-label="Permalink to &quot;Texts&quot;">​</a></h1><p>A column of a CSV file. Sentences become embeddings by a model of <code>@huggingface/transformers</code>, an optional package that downloads the model the first time; a folder of a model that was downloaded needs no network.</p><div class="language-sh vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">sh</span><pre class="shiki shiki-themes github-light github-dark vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#6F42C1;--shiki-dark:#B392F0;">npm</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> install</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --ignore-scripts</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> @huggingface/transformers</span></span>
<span class="line"><span style="--shiki-light:#6F42C1;--shiki-dark:#B392F0;">dclust</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> cluster</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> reviews.csv</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --text</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> comment</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --k</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> 3</span><span style="--shiki-light:#6A737D;--shiki-dark:#6A737D;">                  # by all-minilm-l6-v2, English</span></span>
<span class="line"><span style="--shiki-light:#6F42C1;--shiki-dark:#B392F0;">dclust</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> cluster</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> reviews.csv</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --text</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> comment</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --encoder</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> multilingual-e5-small</span></span>
<span class="line"><span style="--shiki-light:#6F42C1;--shiki-dark:#B392F0;">dclust</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> cluster</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> reviews.csv</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --text</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> comment</span><span style="--shiki-light:#005CC5;--shiki-dark:#79B8FF;"> --encoder</span><span style="--shiki-light:#032F62;--shiki-dark:#9ECBFF;"> models/all-minilm-l6-v2</span><span style="--shiki-light:#6A737D;--shiki-dark:#6A737D;">   # the folder of a model: no network</span></span></code></pre></div><p>The report then has telling words for each cluster, and typical and border texts. Embeddings that you have already need none of this: <a href="./embeddings.html">embeddings of your own</a>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("guides/texts.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const texts = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  texts as default
};
