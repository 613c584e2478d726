import{g as Qn,h as rt,K as ts,D as es,i as we,j as ns,w as ss,k as as,m as os,n as ne,p as rs,q as Ee,s as Te,t as q,u as is,E as Le,L as cs,v as _,x as vt,P as ls,R as Be,y as Ge,z as ds,A as us,B as ct,C as ps,F as qe,G as K,_ as fs,H as Xe,I as je,J as hs,M as ms,N as pt,Q as xt,T as It,U as Tt,V as Ct,W as Nt,X as Ht,Y as gs,Z as xs,$ as Is,a0 as _e,a1 as Ue,a2 as Ye,a3 as Ke,a4 as Ze,a5 as ks,a6 as pe,a7 as Gt,a8 as fe,a9 as bs,aa as se,ab as ys,ac as Ss,ad as vs,ae as Cs,af as Je,ag as Qe,ah as tn,ai as Ns,aj as ws,ak as Vt,al as Ts,am as Ms,an as en,ao as Fs,ap as Rs,aq as Ds,ar as Vs,as as ce,at as Ws,au as As,av as he,aw as zt,ax as lt,ay as Hs,az as zs,aA as $s,aB as me,aC as Os,aD as Ps,aE as nn,aF as sn,aG as Es,aH as Ls,aI as ae,aJ as Bs,aK as an,aL as Gs,aM as qs,aN as Xs,aO as js,aP as _s,aQ as Us,aR as Ys,aS as Ks,aT as ge,aU as xe,aV as Et,aW as Ie,aX as Me,aY as Dt,aZ as on,a_ as Fe,a$ as Zs,b0 as Js,b1 as Qs,b2 as ta,b3 as ea,b4 as na,b5 as sa,b6 as aa,b7 as oa,b8 as rn,b9 as ra,ba as ia,bb as ca,bc as la,bd as da,be as ua,bf as pa,bg as cn,bh as ln,bi as dn,bj as fa,bk as ha,bl as ma,bm as ga,bn as xa,bo as Ia,bp as ka,bq as ba,br as ya,bs as Sa,bt as va,bu as Ca,bv as Na,bw as wa,bx as Ta,by as Ma,bz as Fa,bA as un,bB as pn,bC as fn,bD as Ra,bE as hn,bF as mn,bG as gn,bH as xn,bI as Da,bJ as Va,bK as Wa,bL as Aa,bM as Ha,bN as za,bO as $a,bP as Oa,bQ as Pa,bR as Ea,bS as La,bT as In,bU as kn,bV as Ba,bW as Ga,bX as qa,bY as Xa,bZ as ja,b_ as _a,b$ as Ua,c0 as Ya,c1 as Ka,c2 as Za,c3 as Ja,c4 as Qa,c5 as to,c6 as eo,c7 as bn,c8 as no,c9 as so,ca as ao,cb as oo,cc as ro,cd as yn,ce as io,cf as co,cg as lo,ch as uo,ci as po,cj as fo,ck as ho,cl as Sn,cm as mo,cn as ke,co as go,cp as xo,cq as vn,cr as Io,cs as ko,ct as Cn,cu as Nn,cv as wn,cw as Tn,cx as bo,cy as yo,cz as So,cA as vo,cB as Co,cC as No,cD as wo,cE as To,cF as Mo,cG as Mn,cH as Fo,cI as Ro,cJ as Do,cK as Vo,cL as Wo,cM as Ao,cN as Ho,cO as zo,cP as $o,cQ as Fn,cR as Rn,cS as Oo,cT as Po,cU as Eo,cV as Lo,cW as be,cX as Bo,cY as Go,cZ as qo,c_ as Xo,c$ as jo,d0 as _o}from"./worker-CX_OPvDl.js";import{u as Q,c as Mt,i as Ft,s as Uo,a as Lt,t as ut,b as $t,d as Dn,r as Bt,e as ht,f as Yo,g as ye,z as Ko,m as Se,h as Vn,j as Zo,k as Jo,l as Qo,n as tr,o as er,p as nr,q as sr,v as ar,w as or,x as Rt,y as rr,A as ir,B as Wn,C as cr,D as lr,E as dr,F as ur,G as pr,H as fr,I as hr,J as mr,K as gr,L as xr,M as Ir,N as kr,O as br,P as yr,Q as Sr,R as vr,S as Cr,T as Nr,U as wr,V as Tr,W as Mr,X as Fr,Y as Rr,Z as Dr,_ as Vr,$ as Wr,a0 as Ar,a1 as Hr,a2 as zr,a3 as $r,a4 as Or,a5 as Pr,a6 as Er,a7 as Lr,a8 as Br}from"./shared-Dd2uBrLA.js";import{a9 as Mp}from"./shared-Dd2uBrLA.js";var jt={exports:{}},Gr=jt.exports,Re;function qr(){return Re||(Re=1,(function(u){(function(c,t,a){function e(n){var o=this,r=l();o.next=function(){var d=2091639*o.s0+o.c*23283064365386963e-26;return o.s0=o.s1,o.s1=o.s2,o.s2=d-(o.c=d|0)},o.c=1,o.s0=r(" "),o.s1=r(" "),o.s2=r(" "),o.s0-=r(n),o.s0<0&&(o.s0+=1),o.s1-=r(n),o.s1<0&&(o.s1+=1),o.s2-=r(n),o.s2<0&&(o.s2+=1),r=null}function s(n,o){return o.c=n.c,o.s0=n.s0,o.s1=n.s1,o.s2=n.s2,o}function p(n,o){var r=new e(n),d=o&&o.state,i=r.next;return i.int32=function(){return r.next()*4294967296|0},i.double=function(){return i()+(i()*2097152|0)*11102230246251565e-32},i.quick=i,d&&(typeof d=="object"&&s(d,r),i.state=function(){return s(r,{})}),i}function l(){var n=4022871197,o=function(r){r=String(r);for(var d=0;d<r.length;d++){n+=r.charCodeAt(d);var i=.02519603282416938*n;n=i>>>0,i-=n,i*=n,n=i>>>0,i-=n,n+=i*4294967296}return(n>>>0)*23283064365386963e-26};return o}t&&t.exports?t.exports=p:this.alea=p})(Gr,u)})(jt)),jt.exports}var _t={exports:{}},Xr=_t.exports,De;function jr(){return De||(De=1,(function(u){(function(c,t,a){function e(l){var n=this,o="";n.x=0,n.y=0,n.z=0,n.w=0,n.next=function(){var d=n.x^n.x<<11;return n.x=n.y,n.y=n.z,n.z=n.w,n.w^=n.w>>>19^d^d>>>8},l===(l|0)?n.x=l:o+=l;for(var r=0;r<o.length+64;r++)n.x^=o.charCodeAt(r)|0,n.next()}function s(l,n){return n.x=l.x,n.y=l.y,n.z=l.z,n.w=l.w,n}function p(l,n){var o=new e(l),r=n&&n.state,d=function(){return(o.next()>>>0)/4294967296};return d.double=function(){do var i=o.next()>>>11,f=(o.next()>>>0)/4294967296,h=(i+f)/(1<<21);while(h===0);return h},d.int32=o.next,d.quick=d,r&&(typeof r=="object"&&s(r,o),d.state=function(){return s(o,{})}),d}t&&t.exports?t.exports=p:this.xor128=p})(Xr,u)})(_t)),_t.exports}var Ut={exports:{}},_r=Ut.exports,Ve;function Ur(){return Ve||(Ve=1,(function(u){(function(c,t,a){function e(l){var n=this,o="";n.next=function(){var d=n.x^n.x>>>2;return n.x=n.y,n.y=n.z,n.z=n.w,n.w=n.v,(n.d=n.d+362437|0)+(n.v=n.v^n.v<<4^(d^d<<1))|0},n.x=0,n.y=0,n.z=0,n.w=0,n.v=0,l===(l|0)?n.x=l:o+=l;for(var r=0;r<o.length+64;r++)n.x^=o.charCodeAt(r)|0,r==o.length&&(n.d=n.x<<10^n.x>>>4),n.next()}function s(l,n){return n.x=l.x,n.y=l.y,n.z=l.z,n.w=l.w,n.v=l.v,n.d=l.d,n}function p(l,n){var o=new e(l),r=n&&n.state,d=function(){return(o.next()>>>0)/4294967296};return d.double=function(){do var i=o.next()>>>11,f=(o.next()>>>0)/4294967296,h=(i+f)/(1<<21);while(h===0);return h},d.int32=o.next,d.quick=d,r&&(typeof r=="object"&&s(r,o),d.state=function(){return s(o,{})}),d}t&&t.exports?t.exports=p:this.xorwow=p})(_r,u)})(Ut)),Ut.exports}var Yt={exports:{}},Yr=Yt.exports,We;function Kr(){return We||(We=1,(function(u){(function(c,t,a){function e(l){var n=this;n.next=function(){var r=n.x,d=n.i,i,f;return i=r[d],i^=i>>>7,f=i^i<<24,i=r[d+1&7],f^=i^i>>>10,i=r[d+3&7],f^=i^i>>>3,i=r[d+4&7],f^=i^i<<7,i=r[d+7&7],i=i^i<<13,f^=i^i<<9,r[d]=f,n.i=d+1&7,f};function o(r,d){var i,f=[];if(d===(d|0))f[0]=d;else for(d=""+d,i=0;i<d.length;++i)f[i&7]=f[i&7]<<15^d.charCodeAt(i)+f[i+1&7]<<13;for(;f.length<8;)f.push(0);for(i=0;i<8&&f[i]===0;++i);for(i==8?f[7]=-1:f[i],r.x=f,r.i=0,i=256;i>0;--i)r.next()}o(n,l)}function s(l,n){return n.x=l.x.slice(),n.i=l.i,n}function p(l,n){l==null&&(l=+new Date);var o=new e(l),r=n&&n.state,d=function(){return(o.next()>>>0)/4294967296};return d.double=function(){do var i=o.next()>>>11,f=(o.next()>>>0)/4294967296,h=(i+f)/(1<<21);while(h===0);return h},d.int32=o.next,d.quick=d,r&&(r.x&&s(r,o),d.state=function(){return s(o,{})}),d}t&&t.exports?t.exports=p:this.xorshift7=p})(Yr,u)})(Yt)),Yt.exports}var Kt={exports:{}},Zr=Kt.exports,Ae;function Jr(){return Ae||(Ae=1,(function(u){(function(c,t,a){function e(l){var n=this;n.next=function(){var r=n.w,d=n.X,i=n.i,f,h;return n.w=r=r+1640531527|0,h=d[i+34&127],f=d[i=i+1&127],h^=h<<13,f^=f<<17,h^=h>>>15,f^=f>>>12,h=d[i]=h^f,n.i=i,h+(r^r>>>16)|0};function o(r,d){var i,f,h,m,g,I=[],k=128;for(d===(d|0)?(f=d,d=null):(d=d+"\0",f=0,k=Math.max(k,d.length)),h=0,m=-32;m<k;++m)d&&(f^=d.charCodeAt((m+32)%d.length)),m===0&&(g=f),f^=f<<10,f^=f>>>15,f^=f<<4,f^=f>>>13,m>=0&&(g=g+1640531527|0,i=I[m&127]^=f+g,h=i==0?h+1:0);for(h>=128&&(I[(d&&d.length||0)&127]=-1),h=127,m=512;m>0;--m)f=I[h+34&127],i=I[h=h+1&127],f^=f<<13,i^=i<<17,f^=f>>>15,i^=i>>>12,I[h]=f^i;r.w=g,r.X=I,r.i=h}o(n,l)}function s(l,n){return n.i=l.i,n.w=l.w,n.X=l.X.slice(),n}function p(l,n){l==null&&(l=+new Date);var o=new e(l),r=n&&n.state,d=function(){return(o.next()>>>0)/4294967296};return d.double=function(){do var i=o.next()>>>11,f=(o.next()>>>0)/4294967296,h=(i+f)/(1<<21);while(h===0);return h},d.int32=o.next,d.quick=d,r&&(r.X&&s(r,o),d.state=function(){return s(o,{})}),d}t&&t.exports?t.exports=p:this.xor4096=p})(Zr,u)})(Kt)),Kt.exports}var Zt={exports:{}},Qr=Zt.exports,He;function ti(){return He||(He=1,(function(u){(function(c,t,a){function e(l){var n=this,o="";n.next=function(){var d=n.b,i=n.c,f=n.d,h=n.a;return d=d<<25^d>>>7^i,i=i-f|0,f=f<<24^f>>>8^h,h=h-d|0,n.b=d=d<<20^d>>>12^i,n.c=i=i-f|0,n.d=f<<16^i>>>16^h,n.a=h-d|0},n.a=0,n.b=0,n.c=-1640531527,n.d=1367130551,l===Math.floor(l)?(n.a=l/4294967296|0,n.b=l|0):o+=l;for(var r=0;r<o.length+20;r++)n.b^=o.charCodeAt(r)|0,n.next()}function s(l,n){return n.a=l.a,n.b=l.b,n.c=l.c,n.d=l.d,n}function p(l,n){var o=new e(l),r=n&&n.state,d=function(){return(o.next()>>>0)/4294967296};return d.double=function(){do var i=o.next()>>>11,f=(o.next()>>>0)/4294967296,h=(i+f)/(1<<21);while(h===0);return h},d.int32=o.next,d.quick=d,r&&(typeof r=="object"&&s(r,o),d.state=function(){return s(o,{})}),d}t&&t.exports?t.exports=p:this.tychei=p})(Qr,u)})(Zt)),Zt.exports}var Jt={exports:{}},ei=Jt.exports,ze;function ni(){return ze||(ze=1,(function(u){(function(c,t,a){var e=256,s=6,p=52,l="random",n=a.pow(e,s),o=a.pow(2,p),r=o*2,d=e-1,i;function f(x,b,S){var v=[];b=b==!0?{entropy:!0}:b||{};var C=I(g(b.entropy?[x,y(t)]:x??k(),3),v),T=new h(v),M=function(){for(var V=T.g(s),A=n,N=0;V<o;)V=(V+N)*e,A*=e,N=T.g(1);for(;V>=r;)V/=2,A/=2,N>>>=1;return(V+N)/A};return M.int32=function(){return T.g(4)|0},M.quick=function(){return T.g(4)/4294967296},M.double=M,I(y(T.S),t),(b.pass||S||function(V,A,N,F){return F&&(F.S&&m(F,T),V.state=function(){return m(T,{})}),N?(a[l]=V,A):V})(M,C,"global"in b?b.global:this==a,b.state)}function h(x){var b,S=x.length,v=this,C=0,T=v.i=v.j=0,M=v.S=[];for(S||(x=[S++]);C<e;)M[C]=C++;for(C=0;C<e;C++)M[C]=M[T=d&T+x[C%S]+(b=M[C])],M[T]=b;(v.g=function(V){for(var A,N=0,F=v.i,R=v.j,w=v.S;V--;)A=w[F=d&F+1],N=N*e+w[d&(w[F]=w[R=d&R+A])+(w[R]=A)];return v.i=F,v.j=R,N})(e)}function m(x,b){return b.i=x.i,b.j=x.j,b.S=x.S.slice(),b}function g(x,b){var S=[],v=typeof x,C;if(b&&v=="object")for(C in x)try{S.push(g(x[C],b-1))}catch{}return S.length?S:v=="string"?x:x+"\0"}function I(x,b){for(var S=x+"",v,C=0;C<S.length;)b[d&C]=d&(v^=b[d&C]*19)+S.charCodeAt(C++);return y(b)}function k(){try{var x;return i&&(x=i.randomBytes)?x=x(e):(x=new Uint8Array(e),(c.crypto||c.msCrypto).getRandomValues(x)),y(x)}catch{var b=c.navigator,S=b&&b.plugins;return[+new Date,c,S,c.screen,y(t)]}}function y(x){return String.fromCharCode.apply(0,x)}if(I(a.random(),t),u.exports){u.exports=f;try{i=Qn}catch{}}else a["seed"+l]=f})(typeof self<"u"?self:ei,[],Math)})(Jt)),Jt.exports}var le,$e;function si(){if($e)return le;$e=1;var u=qr(),c=jr(),t=Ur(),a=Kr(),e=Jr(),s=ti(),p=ni();return p.alea=u,p.xor128=c,p.xorwow=t,p.xorshift7=a,p.xor4096=e,p.tychei=s,le=p,le}var ai=si();/**
 * @license
 * Copyright 2018 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function oi(u,c){const t=[];for(let s=0;s<c.length;s++)c[s]&&t.push(s);const a=rt(u,"int32"),e=rt([t.length,u.length],"int32");for(let s=0;s<t.length;s++){const p=a.indexToLoc(t[s]),l=s*u.length;e.values.set(p,l)}return e.toTensor()}/**
 * @license
 * Copyright 2021 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const ri=oi;class oe extends ts{nextDataId(){return oe.nextDataId++}constructor(){super(),this.blockSize=48,this.firstUse=!0,this.data=new es(this,we())}write(c,t,a){this.firstUse&&(this.firstUse=!1,ns().get("IS_NODE")&&ss(`
============================
Hi, looks like you are running TensorFlow.js in Node.js. To speed things up dramatically, install our node backend, visit https://github.com/tensorflow/tfjs-node for more details. 
============================`));const e={id:this.nextDataId()};return this.data.set(e,{values:c,dtype:a,refCount:1}),e}makeTensorInfo(c,t,a){let e;if(t==="string"&&a!=null&&a.length>0&&as(a[0])){const s=a.map(p=>os(p));e=this.write(s,c,t)}else e=this.write(a,c,t);return{dataId:e,shape:c,dtype:t}}refCount(c){return this.data.has(c)?this.data.get(c).refCount:0}incRef(c){const t=this.data.get(c);t.refCount++}decRef(c){if(this.data.has(c)){const t=this.data.get(c);t.refCount--}}move(c,t,a,e,s){this.data.set(c,{values:t,dtype:e,refCount:s})}numDataIds(){return this.data.numDataIds()}async read(c){return this.readSync(c)}readSync(c){const{dtype:t,complexTensorInfos:a}=this.data.get(c);if(t==="complex64"){const e=this.readSync(a.real.dataId),s=this.readSync(a.imag.dataId);return ne(e,s)}return rs(this.data.get(c).values,t)}bufferSync(c){const t=this.readSync(c.dataId);if(c.dtype==="string")try{const a=t.map(e=>Ee(e));return rt(c.shape,c.dtype,a)}catch{throw new Error("Failed to decode encoded string bytes into utf-8")}return rt(c.shape,c.dtype,t)}makeOutput(c,t,a){return we().makeTensorFromTensorInfo(this.makeTensorInfo(t,a,c),this)}disposeData(c,t=!1){if(this.data.has(c)){if(this.data.get(c).refCount--,!t&&this.data.get(c).refCount>0)return!1;const{complexTensorInfos:a}=this.data.get(c);a!=null&&(this.disposeData(a.real.dataId,!0),this.disposeData(a.imag.dataId,!0)),this.data.delete(c)}return!0}disposeIntermediateTensorInfo(c){this.disposeData(c.dataId)}async time(c){const t=Te();return c(),{kernelMs:Te()-t}}memory(){return{unreliable:!0,reasons:["The reported memory is an upper bound. Due to automatic garbage collection, the true allocated memory may be less."]}}where(c){q([c],"where");const t=this.readSync(c.dataId);return ri(c.shape,t)}dispose(){}floatPrecision(){return 32}epsilon(){return super.epsilon()}}oe.nextDataId=0;/** @license See the LICENSE file. */const Np="4.22.0";/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */is("cpu",()=>new oe,1);/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const An=Q(Le,u=>u>=0?u:Math.exp(u)-1),ii={kernelName:Le,backendName:"cpu",kernelFunc:An};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Hn(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{alpha:s}=a;q([e],"leakyRelu");const p=_(e.shape),l=t.data.get(e.dataId).values,n=vt("float32",p);for(let o=0;o<l.length;o++)n[o]=l[o]<0?s*l[o]:l[o];return t.makeTensorInfo(e.shape,"float32",n)}const ci={kernelName:cs,backendName:"cpu",kernelFunc:Hn};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const li=Mt((u,c)=>u<0?c*u:u);function zn(u){const{inputs:c,backend:t}=u,{x:a,alpha:e}=c;q([a,e],"prelu");const s=t.data.get(a.dataId).values,p=t.data.get(e.dataId).values,[l,n]=li(a.shape,e.shape,s,p,"float32");return t.makeTensorInfo(n,"float32",l)}const di={kernelName:ls,backendName:"cpu",kernelFunc:zn};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const $n=Q(Be,u=>Math.max(0,u)),ui={kernelName:Be,backendName:"cpu",kernelFunc:$n};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const On=Q(Ge,u=>Math.min(Math.max(0,u),6)),pi={kernelName:Ge,backendName:"cpu",kernelFunc:On};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Qt(u,c,t,a,e){if(t==="linear")return Ft({inputs:{x:c},backend:u});if(t==="relu")return $n({inputs:{x:c},backend:u});if(t==="elu")return An({inputs:{x:c},backend:u});if(t==="relu6")return On({inputs:{x:c},backend:u});if(t==="prelu")return zn({inputs:{x:c,alpha:a},backend:u});if(t==="leakyrelu")return Hn({inputs:{x:c},backend:u,attrs:{alpha:e}});if(t==="sigmoid")return Uo({inputs:{x:c},backend:u});throw new Error(`Activation ${t} has not been implemented for the CPU backend.`)}/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function nt(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{shape:s}=a,p=_(e.shape),l=us(s,p),n=_(l);ct(p===n,()=>`The new shape (${l}) has ${n} elements and the old shape (${e.shape}) has ${p} elements. The new shape and old shape must have the same number of elements.`),t.incRef(e.dataId);const o=t.data.get(e.dataId);if(o.complexTensorInfos!=null){const r=o.complexTensorInfos.real,d=o.complexTensorInfos.imag;r.shape=l,d.shape=l}return{dataId:e.dataId,shape:l,dtype:e.dtype}}const fi={kernelName:ds,backendName:"cpu",kernelFunc:nt};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Pn(u){const{inputs:c,backend:t,attrs:a}=u,{a:e,b:s}=c,{transposeA:p,transposeB:l}=a;q([e,s],"matMul");const n=e.shape.length,o=s.shape.length,r=p?e.shape[n-2]:e.shape[n-1],d=l?s.shape[o-1]:s.shape[o-2],i=p?e.shape[n-1]:e.shape[n-2],f=l?s.shape[o-2]:s.shape[o-1],h=e.shape.slice(0,-2),m=s.shape.slice(0,-2),g=_(h),I=_(m),y=qe(e.shape.slice(0,-2),s.shape.slice(0,-2)).concat([i,f]);ct(r===d,()=>`Error in matMul: inner shapes (${r}) and (${d}) of Tensors with shapes ${e.shape} and ${s.shape} and transposeA=${p} and transposeB=${l} must match.`);const x=p?[g,r,i]:[g,i,r],b=l?[I,f,d]:[I,d,f],S=nt({inputs:{x:e},backend:t,attrs:{shape:x}}),v=nt({inputs:{x:s},backend:t,attrs:{shape:b}}),C=p?S.shape[1]:S.shape[2],T=p?S.shape[2]:S.shape[1],M=l?v.shape[1]:v.shape[2],V=Math.max(g,I),A=t.data.get(S.dataId).values,N=t.data.get(v.dataId).values,F=K(S.shape),R=K(v.shape),[w,H,D]=p?[F[0],1,F[1]]:[F[0],F[1],1],[W,$,z]=l?[1,R[1],R[0]]:[R[1],1,R[0]],E=T*M,O=rt([V,T,M],S.dtype),L=O.values,P=t.blockSize;for(let B=0;B<V;B++){const G=B%g,j=B%I;for(let X=0;X<T;X+=P){const U=Math.min(X+P,T);for(let Y=0;Y<M;Y+=P){const Z=Math.min(Y+P,M);for(let tt=0;tt<C;tt+=P){const ot=Math.min(tt+P,C);for(let et=X;et<U;et++)for(let J=Y;J<Z;J++){let at=0;for(let st=tt;st<ot;st++){const mt=A[G*w+et*H+st*D],it=N[st*W+J*$+j*z];at+=mt*it}L[B*E+(et*M+J)]+=at}}}}}return t.disposeIntermediateTensorInfo(S),t.disposeIntermediateTensorInfo(v),t.makeTensorInfo(y,O.dtype,O.values)}const hi={kernelName:ps,backendName:"cpu",kernelFunc:Pn};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function mi(u){const{inputs:c,backend:t,attrs:a}=u,{a:e,b:s,bias:p,preluActivationWeights:l}=c,{transposeA:n,transposeB:o,activation:r,leakyreluAlpha:d}=a;let i,f,h;const m=[];i=Pn({inputs:{a:e,b:s},attrs:{transposeA:n,transposeB:o},backend:t}),p&&(f=Lt({inputs:{a:i,b:p},backend:t}),m.push(i),i=f),r&&(h=Qt(t,i,r,l,d),m.push(i),i=h);for(const I of m)t.disposeIntermediateTensorInfo(I);return i}const gi={kernelName:fs,backendName:"cpu",kernelFunc:mi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const xi=Q(Xe,u=>Math.acos(u)),Ii={kernelName:Xe,backendName:"cpu",kernelFunc:xi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const ki=Q(je,u=>Math.acosh(u)),bi={kernelName:je,backendName:"cpu",kernelFunc:ki};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function yi(u){const{inputs:c,backend:t}=u,a=c;q(c,"addN");const e=a.map(l=>t.data.get(l.dataId).values),s=rt(a[0].shape,a[0].dtype),p=s.values;for(let l=0;l<a.length;l++){const n=e[l];for(let o=0;o<p.length;o++)p[o]+=n[o]}return t.makeTensorInfo(s.shape,s.dtype,s.values)}const Si={kernelName:hs,backendName:"cpu",kernelFunc:yi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function vi(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{axis:s,keepDims:p}=a;q(e,"all");const l=pt(s,e.shape);let n=l;const o=xt(n,e.shape.length);let r=e;o!=null&&(r=ut({inputs:{x:e},backend:t,attrs:{perm:o}}),n=It(n.length,e.shape.length)),Tt("all",n,r.shape.length);const[d,i]=Ct(r.shape,n),f=_(i),h=Nt(_(d),r.dtype),m=t.data.get(r.dataId).values;for(let I=0;I<h.length;++I){const k=I*f;let y=m[k];for(let x=0;x<f;++x){const b=m[k+x];y=y&&b}h[I]=y}o!=null&&t.disposeIntermediateTensorInfo(r);const g=t.makeTensorInfo(d,r.dtype,h);if(p){const I=Ht(d,l),k=nt({inputs:{x:g},backend:t,attrs:{shape:I}});return t.disposeIntermediateTensorInfo(g),k}return g}const Ci={kernelName:ms,backendName:"cpu",kernelFunc:vi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Ni(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{axis:s,keepDims:p}=a;q(e,"any");const l=pt(s,e.shape);let n=l;const o=xt(n,e.shape.length);let r=e;o!=null&&(r=ut({inputs:{x:e},backend:t,attrs:{perm:o}}),n=It(n.length,e.shape.length)),Tt("any",n,r.shape.length);const[d,i]=Ct(r.shape,n),f=_(i),h=Nt(_(d),r.dtype),m=t.data.get(r.dataId).values;for(let I=0;I<h.length;++I){const k=I*f;let y=m[k];for(let x=0;x<f;++x){const b=m[k+x];y=y||b}h[I]=y}o!=null&&t.disposeIntermediateTensorInfo(r);const g=t.makeTensorInfo(d,r.dtype,h);if(p){const I=Ht(d,l),k=nt({inputs:{x:g},backend:t,attrs:{shape:I}});return t.disposeIntermediateTensorInfo(g),k}return g}const wi={kernelName:gs,backendName:"cpu",kernelFunc:Ni};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Ti(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{axis:s}=a;q(e,"argMax");let p=pt(s,e.shape);const l=xt(p,e.shape.length);let n=e;const o=[];l!=null&&(n=ut({inputs:{x:e},backend:t,attrs:{perm:l}}),o.push(n),p=It(p.length,n.shape.length)),p=[p[0]],Tt("argMax",p,n.shape.length);const[r,d]=Ct(n.shape,p),i=_(r),f=Nt(i,"int32"),h=_(d),m=t.data.get(n.dataId).values;for(let g=0;g<f.length;++g){const I=g*h;let k=m[I],y=0;for(let x=0;x<h;++x){const b=m[I+x];b>k&&(k=b,y=x)}f[g]=y}return o.forEach(g=>t.disposeIntermediateTensorInfo(g)),t.makeTensorInfo(r,"int32",f)}const Mi={kernelName:xs,backendName:"cpu",kernelFunc:Ti};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Fi(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{axis:s}=a;q(e,"argMin");let p=pt(s,e.shape);const l=xt(p,e.shape.length);let n=e;const o=[];l!=null&&(n=ut({inputs:{x:e},backend:t,attrs:{perm:l}}),o.push(n),p=It(p.length,n.shape.length)),p=[p[0]],Tt("argMin",p,n.shape.length);const[r,d]=Ct(n.shape,p),i=_(r),f=Nt(i,"int32"),h=_(d),m=t.data.get(n.dataId).values;for(let g=0;g<f.length;++g){const I=g*h;let k=m[I],y=0;for(let x=0;x<h;++x){const b=m[I+x];b<k&&(k=b,y=x)}f[g]=y}return o.forEach(g=>t.disposeIntermediateTensorInfo(g)),t.makeTensorInfo(r,"int32",f)}const Ri={kernelName:Is,backendName:"cpu",kernelFunc:Fi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Di=Q(_e,u=>Math.asin(u)),Vi={kernelName:_e,backendName:"cpu",kernelFunc:Di};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Wi=Q(Ue,u=>Math.asinh(u)),Ai={kernelName:Ue,backendName:"cpu",kernelFunc:Wi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Hi=Q(Ye,u=>Math.atan(u)),zi={kernelName:Ye,backendName:"cpu",kernelFunc:Hi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const $i=Mt((u,c)=>Math.atan2(u,c)),Oi=$t(Ke,$i),Pi={kernelName:Ke,backendName:"cpu",kernelFunc:Oi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Ei=Q(Ze,u=>Math.atanh(u)),Li={kernelName:Ze,backendName:"cpu",kernelFunc:Ei};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function ve(u,c,t,a,e,s){const p=e.strideHeight,l=e.strideWidth,n=e.dilationHeight,o=e.dilationWidth,r=e.effectiveFilterHeight,d=e.effectiveFilterWidth,i=e.padInfo.top,f=e.padInfo.left,h=s==="max"?Number.NEGATIVE_INFINITY:Number.POSITIVE_INFINITY,m=rt(e.outShape,t),g=m.values,I=e.outShape[1]*e.outShape[2]*e.outShape[3],k=e.outShape[2]*e.outShape[3],y=e.outShape[3];for(let x=0;x<e.batchSize;++x){const b=x*I,S=x*a[0];for(let v=0;v<e.inChannels;++v)for(let C=0;C<e.outHeight;++C){const T=C*p-i,M=Math.max(0,T),V=Math.min(e.inHeight,r+T),A=b+C*k;for(let N=0;N<e.outWidth;++N){const F=N*l-f,R=Math.max(0,F),w=Math.min(e.inWidth,d+F);let H=h,D=0,W=0;for(let z=M;z<V;z+=n){const E=S+z*a[1];for(let O=R;O<w;O+=o){const L=E+O*a[2],P=u[L+v];s==="max"&&P>H?H=P:s==="avg"&&(D+=P,W++)}if(isNaN(H))break}const $=A+N*y+v;g[$]=s==="avg"?D/W:H}}}return m}function En(u,c,t,a,e=!1,s=!1){const p=rt(a.outShape,"int32"),l=a.strideHeight,n=a.strideWidth,o=a.dilationHeight,r=a.dilationWidth,d=a.effectiveFilterHeight,i=a.effectiveFilterWidth,f=a.padInfo.top,h=a.padInfo.left,m=rt(c,t,u);for(let g=0;g<a.batchSize;++g)for(let I=0;I<a.inChannels;++I)for(let k=0;k<a.outHeight;++k){const y=k*l-f;let x=y;for(;x<0;)x+=o;const b=Math.min(a.inHeight,d+y);for(let S=0;S<a.outWidth;++S){const v=S*n-h;let C=v;for(;C<0;)C+=r;const T=Math.min(a.inWidth,i+v);let M=Number.NEGATIVE_INFINITY,V=-1;for(let A=x;A<b;A+=o){const N=A-y;for(let F=C;F<T;F+=r){const R=F-v,w=m.get(g,A,F,I);w>M&&(M=w,e?V=s?((g*a.inHeight+A)*a.inWidth+F)*a.inChannels+I:(A*a.inWidth+F)*a.inChannels+I:V=N*i+R)}}p.set(V,g,k,S,I)}}return p}function Ln(u,c,t,a,e,s){const p=e.strideDepth,l=e.strideHeight,n=e.strideWidth,o=e.dilationDepth,r=e.dilationHeight,d=e.dilationWidth,i=e.effectiveFilterDepth,f=e.effectiveFilterHeight,h=e.effectiveFilterWidth,m=e.padInfo.front,g=e.padInfo.top,I=e.padInfo.left,k=s==="max"?Number.NEGATIVE_INFINITY:Number.POSITIVE_INFINITY,y=rt(e.outShape,t),x=y.values,b=e.outShape[1]*e.outShape[2]*e.outShape[3]*e.outShape[4],S=e.outShape[2]*e.outShape[3]*e.outShape[4],v=e.outShape[3]*e.outShape[4],C=e.outShape[4];for(let T=0;T<e.batchSize;++T){const M=T*b,V=T*a[0];for(let A=0;A<e.inChannels;++A)for(let N=0;N<e.outDepth;++N){const F=N*p-m;let R=F;for(;R<0;)R+=o;const w=Math.min(e.inDepth,i+F),H=M+N*S;for(let D=0;D<e.outHeight;++D){const W=D*l-g;let $=W;for(;$<0;)$+=r;const z=Math.min(e.inHeight,f+W),E=H+D*v;for(let O=0;O<e.outWidth;++O){const L=O*n-I;let P=L;for(;P<0;)P+=d;const B=Math.min(e.inWidth,h+L),G=E+O*C;let j=k,X=0,U=0;for(let Z=R;Z<w;Z+=o){const tt=V+Z*a[1];for(let ot=$;ot<z;ot+=r){const et=tt+ot*a[2];for(let J=P;J<B;J+=d){const at=et+J*a[3],st=u[at+A];if(s==="max"&&st>j?j=st:s==="avg"&&(X+=st,U++),isNaN(j))break}if(isNaN(j))break}if(isNaN(j))break}const Y=G+A;x[Y]=s==="avg"?X/Math.max(U,1):j}}}}return y}function Bi(u,c){const t=rt(c.outShape,"int32"),a=c.strideDepth,e=c.strideHeight,s=c.strideWidth,p=c.dilationDepth,l=c.dilationHeight,n=c.dilationWidth,o=c.effectiveFilterDepth,r=c.effectiveFilterHeight,d=c.effectiveFilterWidth,i=c.padInfo.front,f=c.padInfo.top,h=c.padInfo.left;for(let m=0;m<c.batchSize;++m)for(let g=0;g<c.inChannels;++g)for(let I=0;I<c.outDepth;++I){const k=I*a-i;let y=k;for(;y<0;)y+=p;const x=Math.min(c.inDepth,o+k);for(let b=0;b<c.outHeight;++b){const S=b*e-f;let v=S;for(;v<0;)v+=l;const C=Math.min(c.inHeight,r+S);for(let T=0;T<c.outWidth;++T){const M=T*s-h;let V=M;for(;V<0;)V+=n;const A=Math.min(c.inWidth,d+M);let N=Number.NEGATIVE_INFINITY,F=-1;for(let R=y;R<x;R+=p){const w=R-k;for(let H=v;H<C;H+=l){const D=H-S;for(let W=V;W<A;W+=n){const $=W-M,z=u.get(m,R,H,W,g);z>=N&&(N=z,F=w*r*d+D*r+$)}}}t.set(F,m,I,b,T,g)}}}return t}/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Gi(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c;q(e,"avgPool");const{filterSize:s,strides:p,pad:l,dimRoundingMode:n}=a,o=1;ct(pe(p,o),()=>`Error in avgPool: Either strides or dilations must be 1. Got strides ${p} and dilations '${o}'`);const r=Gt(e.shape,s,p,o,l,n);let d;if(r.filterWidth===1&&r.filterHeight===1&&fe(r.inShape,r.outShape))d=Ft({inputs:{x:e},backend:t});else{const i=t.data.get(e.dataId).values,f=K(e.shape),h=ve(i,e.shape,e.dtype,f,r,"avg");d=t.makeTensorInfo(r.outShape,e.dtype,h.values)}return d}const qi={kernelName:ks,backendName:"cpu",kernelFunc:Gi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Xi(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{filterSize:s,strides:p,pad:l,dimRoundingMode:n,dataFormat:o}=a;q(e,"avgPool3d");const r=se(e.shape,s,p,1,l,n,o),d=t.data.get(e.dataId).values,i=Ln(d,e.shape,e.dtype,K(e.shape),r,"avg");return t.makeTensorInfo(i.shape,"float32",i.values)}const ji={kernelName:bs,backendName:"cpu",kernelFunc:Xi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function _i(u){const{inputs:c,backend:t,attrs:a}=u,{dy:e,input:s}=c,{filterSize:p,strides:l,pad:n,dimRoundingMode:o}=a;q([e,s],"avgPool3DGrad");const r=se(s.shape,p,l,1,n,o),d=r.strideDepth,i=r.strideHeight,f=r.strideWidth,h=r.filterDepth,m=r.filterHeight,g=r.filterWidth,I=r.dilationDepth,k=r.dilationHeight,y=r.dilationWidth,x=r.effectiveFilterDepth,b=r.effectiveFilterHeight,S=r.effectiveFilterWidth,v=x-1-r.padInfo.front,C=S-1-r.padInfo.left,T=b-1-r.padInfo.top,M=rt(s.shape,"float32"),V=1/(h*m*g),A=t.bufferSync(e);for(let N=0;N<r.batchSize;++N)for(let F=0;F<r.inChannels;++F)for(let R=0;R<r.inDepth;++R)for(let w=0;w<r.inHeight;++w)for(let H=0;H<r.inWidth;++H){const D=R-v,W=w-T,$=H-C;let z=0;for(let E=0;E<x;E+=I){const O=(D+E)/d;if(!(O<0||O>=r.outDepth||Math.floor(O)!==O))for(let L=0;L<b;L+=k){const P=(W+L)/i;if(!(P<0||P>=r.outHeight||Math.floor(P)!==P))for(let B=0;B<S;B+=y){const G=($+B)/f;if(G<0||G>=r.outWidth||Math.floor(G)!==G)continue;const j=A.get(N,O,P,G,F);z+=j}}}M.set(z*V,N,R,w,H,F)}return t.makeTensorInfo(M.shape,M.dtype,M.values)}const Ui={kernelName:ys,backendName:"cpu",kernelFunc:_i};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Yi(u){const{inputs:c,backend:t,attrs:a}=u,{dy:e,input:s}=c,p=s;q([e,s],"avgPoolGrad");const{filterSize:l,strides:n,pad:o}=a,r=Gt(p.shape,l,n,1,o),d=r.strideHeight,i=r.strideWidth,f=r.filterHeight,h=r.filterWidth,m=r.dilationHeight,g=r.dilationWidth,I=r.effectiveFilterHeight,k=r.effectiveFilterWidth,y=k-1-r.padInfo.left,x=I-1-r.padInfo.top,b=rt(p.shape,"float32"),S=1/(f*h),v=t.data.get(e.dataId).values,C=rt(e.shape,"float32",v);for(let T=0;T<r.batchSize;++T)for(let M=0;M<r.inChannels;++M)for(let V=0;V<r.inHeight;++V)for(let A=0;A<r.inWidth;++A){const N=V-x,F=A-y;let R=0;for(let w=0;w<I;w+=m){const H=(N+w)/d;if(!(H<0||H>=r.outHeight||Math.floor(H)!==H))for(let D=0;D<k;D+=g){const W=(F+D)/i;if(W<0||W>=r.outWidth||Math.floor(W)!==W)continue;const $=C.get(T,H,W,M);R+=$}}b.set(R*S,T,V,A,M)}return t.makeTensorInfo(b.shape,b.dtype,b.values)}const Ki={kernelName:Ss,backendName:"cpu",kernelFunc:Yi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Zi(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,scale:s,offset:p,mean:l,variance:n}=c;ct(l.shape.length===n.shape.length,()=>"Batch normalization gradient requires mean and variance to have equal ranks."),ct(p==null||l.shape.length===p.shape.length,()=>"Batch normalization gradient requires mean and offset to have equal ranks."),ct(s==null||l.shape.length===s.shape.length,()=>"Batch normalization gradient requires mean and scale to have equal ranks."),q([e,l,n,s,p],"batchNorm");let{varianceEpsilon:o}=a;o==null&&(o=.001);const r=t.data.get(e.dataId).values,d=t.data.get(l.dataId).values,i=t.data.get(n.dataId).values,f=s?t.data.get(s.dataId).values:new Float32Array([1]),h=p?t.data.get(p.dataId).values:new Float32Array([0]),m=new Float32Array(r.length),g=h.length,I=f.length,k=i.length,y=d.length;let x=0,b=0,S=0,v=0;for(let C=0;C<r.length;++C)m[C]=h[x++]+(r[C]-d[b++])*f[S++]/Math.sqrt(i[v++]+o),x>=g&&(x=0),b>=y&&(b=0),S>=I&&(S=0),v>=k&&(v=0);return t.makeTensorInfo(e.shape,e.dtype,m)}const Ji={kernelName:vs,backendName:"cpu",kernelFunc:Zi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Qi(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{blockShape:s,crops:p}=a;q([e],"batchToSpaceND");const l=s.reduce((I,k)=>I*k),n=Je(e.shape,s,l),o=Qe(n.length,s.length),r=tn(e.shape,s,l),d=Ns(p,s.length),i=ws(r,p,s.length),f=nt({inputs:{x:e},backend:t,attrs:{shape:n}}),h=ut({inputs:{x:f},backend:t,attrs:{perm:o}}),m=nt({inputs:{x:h},backend:t,attrs:{shape:r}}),g=Vt({inputs:{x:m},backend:t,attrs:{begin:d,size:i}});return t.disposeIntermediateTensorInfo(f),t.disposeIntermediateTensorInfo(h),t.disposeIntermediateTensorInfo(m),g}const tc={kernelName:Cs,backendName:"cpu",kernelFunc:Qi};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function ec(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,weights:s}=c,{size:p}=a,l=t.data.get(e.dataId).values,n=t.data.get(s.dataId).values,o=Dn(l,n,s.dtype,s.shape,p);return t.makeTensorInfo([p],s.dtype,o)}const nc={kernelName:Ts,backendName:"cpu",kernelFunc:ec};/**
 * @license
 * Copyright 2021 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function sc(u){const{inputs:c,backend:t}=u,{s0:a,s1:e}=c,s=t.data.get(a.dataId).values,p=t.data.get(e.dataId).values,l=qe(Array.from(s),Array.from(p));return t.makeTensorInfo([l.length],"int32",Int32Array.from(l))}const ac={kernelName:Ms,backendName:"cpu",kernelFunc:sc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const oc=Q(en,(u,c)=>{const t=c;return u>t.clipValueMax?t.clipValueMax:u<t.clipValueMin?t.clipValueMin:u}),rc={kernelName:en,backendName:"cpu",kernelFunc:oc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const ic=u=>{const{x:c}=u.inputs,t=u.backend,a=new Float32Array(_(c.shape)),e=t.data.get(c.dataId),s=e.complexTensorInfos.real,p=e.complexTensorInfos.imag,l=t.data.get(s.dataId).values,n=t.data.get(p.dataId).values;for(let o=0;o<l.length;o++){const r=l[o],d=n[o];a[o]=Math.hypot(r,d)}return t.makeOutput(a,c.shape,"float32")},cc={kernelName:Fs,backendName:"cpu",kernelFunc:ic};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Wt(u){const{inputs:c,backend:t}=u,{input:a}=c,e=t.data.get(a.dataId).complexTensorInfos.imag,s=t.data.get(e.dataId).values;return t.makeTensorInfo(e.shape,e.dtype,s)}const lc={kernelName:Rs,backendName:"cpu",kernelFunc:Wt};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function At(u){const{inputs:c,backend:t,attrs:a}=u,{axis:e}=a,s=pt(e,c[0].shape)[0],p=c.map(m=>m.shape);Vs(p,s);let l=ce(c.map(m=>m.shape),s);if(_(l)===0)return t.makeTensorInfo(l,c[0].dtype,[]);const n=c.filter(m=>_(m.shape)>0);if(n.length===1)return Ft({inputs:{x:n[0]},backend:t});if(n[0].dtype==="complex64"){const m=n.map(x=>Bt({inputs:{input:x},backend:t})),g=n.map(x=>Wt({inputs:{input:x},backend:t})),I=At({inputs:m,backend:t,attrs:{axis:s}}),k=At({inputs:g,backend:t,attrs:{axis:s}}),y=ht({inputs:{real:I,imag:k},backend:t});return m.forEach(x=>t.disposeIntermediateTensorInfo(x)),g.forEach(x=>t.disposeIntermediateTensorInfo(x)),t.disposeIntermediateTensorInfo(I),t.disposeIntermediateTensorInfo(k),y}const o=n.map(m=>{const I=[-1,_(m.shape.slice(s))];return nt({inputs:{x:m},backend:t,attrs:{shape:I}})}),r=o.map(m=>({vals:t.data.get(m.dataId).values,shape:m.shape}));l=ce(o.map(m=>m.shape),1);const d=o[0].shape[0]===1,i=Ws(r,l,c[0].dtype,d),f=ce(n.map(m=>m.shape),s),h=t.makeTensorInfo(f,c[0].dtype,i);return o.forEach(m=>t.disposeIntermediateTensorInfo(m)),h}const dc={kernelName:Ds,backendName:"cpu",kernelFunc:At};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Bn(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,filter:s}=c,{strides:p,pad:l,dataFormat:n,dilations:o,dimRoundingMode:r}=a;q([e,s],"conv2d");const d=he(n),i=zt(e.shape,s.shape,p,o,l,r,!1,d),f=i.filterHeight,h=i.filterWidth,m=i.dilationHeight,g=i.dilationWidth,I=i.padInfo.left,k=i.padInfo.top,y=i.dataFormat==="channelsLast",x=new lt(i.outShape,e.dtype),b=K(e.shape),S=K(s.shape),v=b[0],C=y?b[1]:b[2],T=y?b[2]:1,M=y?1:b[1],V=x.strides[0],A=y?x.strides[1]:x.strides[2],N=y?x.strides[2]:1,F=y?1:x.strides[1],R=t.data.get(e.dataId).values,w=t.data.get(s.dataId).values,H=x.values;for(let D=0;D<i.batchSize;++D){const W=D*v,$=D*V;for(let z=0;z<i.outHeight;++z){const E=$+z*A,O=z*i.strideHeight-k;for(let L=0;L<f;++L){const P=O+L*m;if(P<0||P>=i.inHeight)continue;const B=L*S[0],G=W+P*C;for(let j=0;j<i.outWidth;++j){const X=E+j*N,U=j*i.strideWidth-I;for(let Y=0;Y<h;++Y){const Z=U+Y*g;if(Z<0||Z>=i.inWidth)continue;const tt=B+Y*S[1],ot=G+Z*T;let et=tt;for(let J=0;J<i.inChannels;++J){const at=R[ot+J*M];for(let st=0;st<i.outChannels;++st)H[X+st*F]+=at*w[et+st];et+=i.outChannels}}}}}}return t.makeTensorInfo(x.shape,x.dtype,H)}const uc={kernelName:As,backendName:"cpu",kernelFunc:Bn};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function pc(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,dy:s}=c,{strides:p,pad:l,dataFormat:n,dimRoundingMode:o,filterShape:r}=a;q([e,s],"conv2dBackpropFilter");const d=he(n),i=zt(e.shape,r,p,1,l,o,!1,d),{strideHeight:f,strideWidth:h,filterHeight:m,filterWidth:g}=i,I=i.dataFormat==="channelsLast",k=new lt(i.filterShape,"float32"),y=i.padInfo.left,x=i.padInfo.top,b=t.data.get(e.dataId).values,S=t.data.get(s.dataId).values,v=new lt(e.shape,e.dtype,b),C=new lt(s.shape,s.dtype,S);for(let T=0;T<m;++T){const M=Math.max(0,Math.ceil((x-T)/f)),V=Math.min(i.outHeight,(i.inHeight+x-T)/f);for(let A=0;A<g;++A){const N=Math.max(0,Math.ceil((y-A)/h)),F=Math.min(i.outWidth,(i.inWidth+y-A)/h);for(let R=0;R<i.inChannels;++R)for(let w=0;w<i.outChannels;++w){let H=0;for(let D=0;D<i.batchSize;++D)for(let W=M;W<V;++W){const $=T+W*f-x;for(let z=N;z<F;++z){const E=A+z*h-y;I?H+=v.get(D,$,E,R)*C.get(D,W,z,w):H+=v.get(D,R,$,E)*C.get(D,w,W,z)}}k.set(H,T,A,R,w)}}}return t.makeTensorInfo(k.shape,k.dtype,k.values)}const fc={kernelName:Hs,backendName:"cpu",kernelFunc:pc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function hc(u){const{inputs:c,backend:t,attrs:a}=u,{dy:e,filter:s}=c,{inputShape:p,strides:l,pad:n,dataFormat:o,dimRoundingMode:r}=a;q([e,s],"conv2dBackpropInput");const d=K(s.shape),i=K(e.shape);let f=he(o);const h=zt(p,s.shape,l,1,n,r,!1,f),m=new lt(h.inShape,"float32"),g=m.values,I=t.data.get(e.dataId).values,k=t.data.get(s.dataId).values,[y,x,b]=d,{batchSize:S,filterHeight:v,filterWidth:C,inChannels:T,inHeight:M,inWidth:V,outChannels:A,outHeight:N,outWidth:F,strideHeight:R,strideWidth:w}=h;f=h.dataFormat;const H=v-1-h.padInfo.top,D=C-1-h.padInfo.left,W=f==="channelsLast",$=m.strides[0],z=W?m.strides[1]:m.strides[2],E=W?m.strides[2]:1,O=W?1:m.strides[1],L=i[0],P=W?i[1]:i[2],B=W?i[2]:1,G=W?1:i[1];for(let j=0;j<S;++j)for(let X=0;X<T;++X)for(let U=0;U<M;++U){const Y=U-H,Z=Math.max(0,Math.ceil(Y/R)),tt=Math.min(N,(v+Y)/R);for(let ot=0;ot<V;++ot){const et=ot-D,J=Math.max(0,Math.ceil(et/w)),at=Math.min(F,(C+et)/w);let st=0;for(let it=Z;it<tt;++it){const kt=it*R-Y;for(let dt=J;dt<at;++dt){const wt=dt*w-et,ft=L*j+P*it+B*dt,gt=y*(v-1-kt)+x*(C-1-wt)+b*X;for(let bt=0;bt<A;++bt){const yt=I[ft+G*bt],St=k[gt+bt];st+=yt*St}}}const mt=$*j+z*U+E*ot+O*X;g[mt]=st}}return t.makeTensorInfo(m.shape,m.dtype,m.values)}const mc={kernelName:zs,backendName:"cpu",kernelFunc:hc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function gc(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,filter:s}=c,{strides:p,pad:l,dilations:n}=a;q([e,s],"conv3d");const o=me(e.shape,s.shape,p,n,l),{filterDepth:r,filterHeight:d,filterWidth:i,dilationDepth:f,dilationHeight:h,dilationWidth:m,padInfo:g}=o,I=g.front,k=g.left,y=g.top,x=new lt(o.outShape,e.dtype),b=t.data.get(e.dataId).values,S=t.data.get(s.dataId).values,v=x.values,C=K(e.shape),T=K(s.shape);for(let M=0;M<o.batchSize;++M){const V=M*C[0],A=M*x.strides[0];for(let N=0;N<o.outDepth;++N){const F=A+N*x.strides[1],R=N*o.strideDepth-I;for(let w=0;w<r;++w){const H=R+w*f;if(H<0||H>=o.inDepth)continue;const D=w*T[0],W=V+H*C[1];for(let $=0;$<o.outHeight;++$){const z=F+$*x.strides[2],E=$*o.strideHeight-y;for(let O=0;O<d;++O){const L=E+O*h;if(L<0||L>=o.inHeight)continue;const P=D+O*T[1],B=W+L*C[2];for(let G=0;G<o.outWidth;++G){const j=z+G*o.outChannels,X=G*o.strideWidth-k;for(let U=0;U<i;++U){const Y=X+U*m;if(Y<0||Y>=o.inWidth)continue;const Z=P+U*T[2],tt=B+Y*o.inChannels;let ot=Z;for(let et=0;et<o.inChannels;++et){const J=b[tt+et];for(let at=0;at<o.outChannels;++at)v[j+at]+=J*S[ot+at];ot+=o.outChannels}}}}}}}}return t.makeTensorInfo(x.shape,x.dtype,x.values)}const xc={kernelName:$s,backendName:"cpu",kernelFunc:gc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Ic(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,dy:s}=c,{strides:p,pad:l,filterShape:n}=a;q([e,s],"conv3dBackpropFilterV2");const o=K(e.shape),r=K(s.shape),d=me(e.shape,n,p,1,l),i=d.strideDepth,f=d.strideHeight,h=d.strideWidth,m=d.filterDepth,g=d.filterHeight,I=d.filterWidth,k=new lt(d.filterShape,"float32"),y=k.values,[x,b,S,v]=k.strides,C=t.data.get(s.dataId).values,[T,M,V,A]=r,N=t.data.get(e.dataId).values,[F,R,w,H]=o,D=d.padInfo.front,W=d.padInfo.left,$=d.padInfo.top;for(let z=0;z<m;++z){const E=Math.max(0,Math.ceil((D-z)/i)),O=Math.min(d.outDepth,(d.inDepth+D-z)/i),L=z*x;for(let P=0;P<g;++P){const B=Math.max(0,Math.ceil(($-P)/f)),G=Math.min(d.outHeight,(d.inHeight+$-P)/f),j=P*b+L;for(let X=0;X<I;++X){const U=Math.max(0,Math.ceil((W-X)/h)),Y=Math.min(d.outWidth,(d.inWidth+W-X)/h),Z=X*S+j;for(let tt=0;tt<d.inChannels;++tt){const ot=tt*v+Z;for(let et=0;et<d.outChannels;++et){let J=0;for(let at=0;at<d.batchSize;++at){const st=at*F,mt=at*T;for(let it=E;it<O;++it){const dt=(z+it*i-D)*R+st,wt=it*M+mt;for(let ft=B;ft<G;++ft){const bt=(P+ft*f-$)*w+dt,yt=ft*V+wt;for(let St=U;St<Y;++St){const re=(X+St*h-W)*H+bt,ie=St*A+yt;J+=N[re+tt]*C[ie+et]}}}}y[ot+et]=J}}}}}return t.makeTensorInfo(k.shape,k.dtype,k.values)}const kc={kernelName:Os,backendName:"cpu",kernelFunc:Ic};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function bc(u){const{inputs:c,backend:t,attrs:a}=u,{dy:e,filter:s}=c,{pad:p,strides:l,inputShape:n}=a;q([e],"conv3dBackpropInputV2");const o=K(e.shape),r=K(s.shape),d=me(n,s.shape,l,1,p),i=new lt(d.inShape,"float32"),f=i.values,[h,m,g,I]=i.strides,k=t.data.get(e.dataId).values,[y,x,b,S]=o,v=t.data.get(s.dataId).values,[C,T,M,V]=r,{batchSize:A,filterDepth:N,filterHeight:F,filterWidth:R,inChannels:w,inDepth:H,inHeight:D,inWidth:W,outChannels:$,outDepth:z,outHeight:E,outWidth:O,strideDepth:L,strideHeight:P,strideWidth:B}=d,G=N-1-d.padInfo.front,j=F-1-d.padInfo.top,X=R-1-d.padInfo.left;for(let U=0;U<A;++U)for(let Y=0;Y<w;++Y)for(let Z=0;Z<H;++Z){const tt=Z-G,ot=Math.max(0,Math.ceil(tt/L)),et=Math.min(z,(N+tt)/L);for(let J=0;J<D;++J){const at=J-j,st=Math.max(0,Math.ceil(at/P)),mt=Math.min(E,(F+at)/P);for(let it=0;it<W;++it){const kt=it-X,dt=Math.max(0,Math.ceil(kt/B)),wt=Math.min(O,(R+kt)/B);let ft=0;for(let gt=ot;gt<et;++gt){const bt=gt*L-tt;for(let yt=st;yt<mt;++yt){const St=yt*P-at;for(let Ot=dt;Ot<wt;++Ot){const re=Ot*B-kt,ie=y*U+x*gt+b*yt+S*Ot,Kn=C*(N-1-bt)+T*(F-1-St)+M*(R-1-re)+V*Y;for(let Xt=0;Xt<$;++Xt){const Zn=k[ie+Xt],Jn=v[Kn+Xt];ft+=Zn*Jn}}}}f[h*U+m*Z+g*J+I*it+Y]=ft}}}return t.makeTensorInfo(i.shape,i.dtype,i.values)}const yc={kernelName:Ps,backendName:"cpu",kernelFunc:bc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Sc=Q(nn,u=>Math.cos(u)),vc={kernelName:nn,backendName:"cpu",kernelFunc:Sc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Cc=Q(sn,u=>Math.cosh(u)),Nc={kernelName:sn,backendName:"cpu",kernelFunc:Cc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function wc(u){const{inputs:c,backend:t,attrs:a}=u,{image:e,boxes:s,boxInd:p}=c,{cropSize:l,method:n,extrapolationValue:o}=a,[r,d,i,f]=e.shape,h=s.shape[0],[m,g]=l,I=rt([h,m,g,f],"float32"),k=t.data.get(s.dataId).values,y=t.data.get(p.dataId).values,x=t.data.get(e.dataId).values,b=K(e.shape),S=K(I.shape);for(let v=0;v<h;v++){const C=v*4,T=k[C],M=k[C+1],V=k[C+2],A=k[C+3],N=y[v];if(N>=r)continue;const F=m>1?(V-T)*(d-1)/(m-1):0,R=g>1?(A-M)*(i-1)/(g-1):0;for(let w=0;w<m;w++){const H=m>1?T*(d-1)+w*F:.5*(T+V)*(d-1);if(H<0||H>d-1){for(let D=0;D<g;D++)for(let W=0;W<f;W++){const $=W+D*S[2]+w*S[1]+v*S[0];I.values[$]=o}continue}if(n==="bilinear"){const D=Math.floor(H),W=Math.ceil(H),$=H-D;for(let z=0;z<g;z++){const E=g>1?M*(i-1)+z*R:.5*(M+A)*(i-1);if(E<0||E>i-1){for(let B=0;B<f;B++){const G=B+z*S[2]+w*S[1]+v*S[0];I.values[G]=o}continue}const O=Math.floor(E),L=Math.ceil(E),P=E-O;for(let B=0;B<f;B++){let G=B+O*b[2]+D*b[1]+N*b[0];const j=x[G];G=B+L*b[2]+D*b[1]+N*b[0];const X=x[G];G=B+O*b[2]+W*b[1]+N*b[0];const U=x[G];G=B+L*b[2]+W*b[1]+N*b[0];const Y=x[G],Z=j+(X-j)*P,tt=U+(Y-U)*P;G=B+z*S[2]+w*S[1]+v*S[0],I.values[G]=Z+(tt-Z)*$}}}else for(let D=0;D<g;++D){const W=g>1?M*(i-1)+D*R:.5*(M+A)*(i-1);if(W<0||W>i-1){for(let E=0;E<f;E++){const O=E+D*S[2]+w*S[1]+v*S[0];I.values[O]=o}continue}const $=Math.round(W),z=Math.round(H);for(let E=0;E<f;E++){const O=E+$*b[2]+z*b[1]+N*b[0],L=E+D*S[2]+w*S[1]+v*S[0];I.values[L]=x[O]}}}}return t.makeTensorInfo(I.shape,I.dtype,I.values)}const Tc={kernelName:Es,backendName:"cpu",kernelFunc:wc};/**
 * @license
 * Copyright 2022 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Mc(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{axis:s,exclusive:p,reverse:l}=a;q(e,"cumprod");const n=xt([s],e.shape.length);let o=e;n!=null&&(o=ut({inputs:{x:e},backend:t,attrs:{perm:n}}));const r=It(1,e.shape.length)[0];if(r!==o.shape.length-1)throw new Error(`backend.cumprod in CPU expects an inner-most axis=${o.shape.length-1} but got axis=${r}`);const d=ae(o.dtype,"int32"),i=Bs(_(o.shape),d),f=t.data.get(o.dataId).values,h=o.shape[o.shape.length-1],m=l?(I,k)=>I+h-k-1:(I,k)=>I+k;for(let I=0;I<f.length;I+=h)for(let k=0;k<h;k++){const y=m(I,k);if(k===0)i[y]=p?1:f[y];else{const x=m(I,k-1);i[y]=p?f[x]*i[x]:f[y]*i[x]}}const g=t.makeTensorInfo(o.shape,d,i);if(n!=null){const I=an(n),k=ut({inputs:{x:g},backend:t,attrs:{perm:I}});return t.disposeIntermediateTensorInfo(g),t.disposeIntermediateTensorInfo(o),k}return g}const Fc={kernelName:Ls,backendName:"cpu",kernelFunc:Mc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Rc(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{axis:s,exclusive:p,reverse:l}=a;q(e,"cumsum");const n=xt([s],e.shape.length);let o=e;n!=null&&(o=ut({inputs:{x:e},backend:t,attrs:{perm:n}}));const r=It(1,e.shape.length)[0];if(r!==o.shape.length-1)throw new Error(`backend.cumsum in CPU expects an inner-most axis=${o.shape.length-1} but got axis=${r}`);const d=ae(o.dtype,"int32"),i=Nt(_(o.shape),d),f=t.data.get(o.dataId).values,h=o.shape[o.shape.length-1],m=l?(I,k)=>I+h-k-1:(I,k)=>I+k;for(let I=0;I<f.length;I+=h)for(let k=0;k<h;k++){const y=m(I,k);if(k===0)i[y]=p?0:f[y];else{const x=m(I,k-1);i[y]=p?f[x]+i[x]:f[y]+i[x]}}const g=t.makeTensorInfo(o.shape,d,i);if(n!=null){const I=an(n),k=ut({inputs:{x:g},backend:t,attrs:{perm:I}});return t.disposeIntermediateTensorInfo(g),t.disposeIntermediateTensorInfo(o),k}return g}const Dc={kernelName:Gs,backendName:"cpu",kernelFunc:Rc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Vc(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,weights:s}=c,{size:p,binaryOutput:l}=a;if(e.shape.length===1){const n=t.data.get(e.dataId).values,o=t.data.get(s.dataId).values,r=Dn(n,o,s.dtype,s.shape,p);return t.makeTensorInfo([p],s.dtype,r)}else if(e.shape.length===2){const n=t.bufferSync(e),o=t.bufferSync(s),r=Yo(n,o,p,l);return t.makeTensorInfo(r.shape,s.dtype,r.values)}throw new Error(`Error in denseBincount: input must be at most rank 2, but got rank${e.shape.length}.`)}const Wc={kernelName:qs,backendName:"cpu",kernelFunc:Vc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Ac(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{blockSize:s,dataFormat:p}=a;ct(p==="NHWC",()=>`Only NHWC dataFormat supported on CPU for depthToSpace. Got ${p}`);const l=e.shape[0],n=e.shape[1],o=e.shape[2],r=e.shape[3],d=n*s,i=o*s,f=r/(s*s),h=t.data.get(e.dataId).values,m=new Float32Array(l*d*i*f);let g=0;for(let I=0;I<l;++I)for(let k=0;k<d;++k){const y=Math.floor(k/s),x=k%s;for(let b=0;b<i;++b){const S=Math.floor(b/s),v=b%s,C=(x*s+v)*f;for(let T=0;T<f;++T){const V=T+C+r*(S+o*(y+n*I));m[g++]=h[V]}}}return t.makeTensorInfo([l,d,i,f],e.dtype,m)}const Hc={kernelName:Xs,backendName:"cpu",kernelFunc:Ac};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Gn(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,filter:s}=c,{strides:p,pad:l,dilations:n,dimRoundingMode:o}=a;q([e,s],"depthwiseConv2DNative");const r=K(e.shape),d=K(s.shape);let i=n;i==null&&(i=[1,1]),ct(pe(p,i),()=>`Error in depthwiseConv2d: Either strides or dilations must be 1. Got strides ${p} and dilations '${i}'`);const f=zt(e.shape,s.shape,p,i,l,o,!0),{filterHeight:h,filterWidth:m,dilationHeight:g,dilationWidth:I,padInfo:k}=f,y=k.left,x=k.top,b=f.outChannels/f.inChannels,S=new lt(f.outShape,e.dtype),v=t.data.get(e.dataId).values,C=t.data.get(s.dataId).values,T=S.values;for(let M=0;M<f.batchSize;++M){const V=M*r[0],A=M*S.strides[0];for(let N=0;N<f.outHeight;++N){const F=A+N*S.strides[1],R=N*f.strideHeight-x;for(let w=0;w<h;++w){const H=R+w*g;if(H<0||H>=f.inHeight)continue;const D=w*d[0],W=V+H*r[1];for(let $=0;$<f.outWidth;++$){const z=F+$*S.strides[2],E=$*f.strideWidth-y;for(let O=0;O<m;++O){const L=E+O*I;if(L<0||L>=f.inWidth)continue;const P=D+O*d[1],B=W+L*f.inChannels;let G=z,j=P;for(let X=0;X<f.inChannels;++X){const U=v[B+X];for(let Y=0;Y<b;++Y)T[G+Y]+=U*C[j+Y];G+=b,j+=b}}}}}}return t.makeTensorInfo(S.shape,S.dtype,S.values)}const zc={kernelName:js,backendName:"cpu",kernelFunc:Gn};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function $c(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,dy:s}=c,{strides:p,dilations:l,pad:n,dimRoundingMode:o,filterShape:r}=a;q([e,s],"depthwiseConv2dNativeBackpropFilter");const d=zt(e.shape,r,p,l,n,o,!0),{strideHeight:i,strideWidth:f,filterHeight:h,filterWidth:m}=d,g=new lt(d.filterShape,"float32"),I=d.padInfo.left,k=d.padInfo.top,y=d.outChannels/d.inChannels,x=t.data.get(e.dataId).values,b=new lt(e.shape,e.dtype,x),S=t.data.get(s.dataId).values,v=new lt(s.shape,s.dtype,S);for(let C=0;C<h;++C){const T=Math.max(0,Math.ceil((k-C)/i)),M=Math.min(d.outHeight,(d.inHeight+k-C)/i);for(let V=0;V<m;++V){const A=Math.max(0,Math.ceil((I-V)/f)),N=Math.min(d.outWidth,(d.inWidth+I-V)/f);for(let F=0;F<d.outChannels;++F){const R=Math.trunc(F/y),w=F%y;let H=0;for(let D=0;D<d.batchSize;++D)for(let W=T;W<M;++W){const $=C+W*i-k;for(let z=A;z<N;++z){const E=V+z*f-I;H+=b.get(D,$,E,R)*v.get(D,W,z,F)}}g.set(H,C,V,R,w)}}}return t.makeTensorInfo(g.shape,g.dtype,g.values)}const Oc={kernelName:_s,backendName:"cpu",kernelFunc:$c};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Pc(u){const{inputs:c,backend:t,attrs:a}=u,{dy:e,filter:s}=c,{strides:p,dilations:l,pad:n,dimRoundingMode:o,inputShape:r}=a;q([e,s],"depthwiseConv2DNativeBackpropInput");const d=K(e.shape),i=K(s.shape),f=zt(r,s.shape,p,l,n,o,!0),h=new lt(f.inShape,"float32"),m=h.values,[g,I,k]=h.strides,y=t.data.get(e.dataId).values,[x,b,S]=d,v=t.data.get(s.dataId).values,[C,T,M]=i,{batchSize:V,filterHeight:A,filterWidth:N,inChannels:F,inHeight:R,inWidth:w,outChannels:H,outHeight:D,outWidth:W,strideHeight:$,strideWidth:z}=f,E=A-1-f.padInfo.top,O=N-1-f.padInfo.left,L=H/F;for(let P=0;P<V;++P)for(let B=0;B<F;++B)for(let G=0;G<R;++G){const j=G-E,X=Math.max(0,Math.ceil(j/$)),U=Math.min(D,(A+j)/$);for(let Y=0;Y<w;++Y){const Z=Y-O,tt=Math.max(0,Math.ceil(Z/z)),ot=Math.min(W,(N+Z)/z);let et=0;for(let J=X;J<U;++J){const at=J*$-j;for(let st=tt;st<ot;++st){const mt=st*z-Z,it=x*P+b*J+S*st,kt=C*(A-1-at)+T*(N-1-mt)+M*B;for(let dt=0;dt<L;++dt){const wt=B*L+dt,ft=y[it+wt],gt=v[kt+dt];et+=ft*gt}}}m[g*P+I*G+k*Y+B]=et}}return t.makeTensorInfo(h.shape,h.dtype,h.values)}const Ec={kernelName:Us,backendName:"cpu",kernelFunc:Pc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Lc(u){const{inputs:c,backend:t}=u,{x:a}=c,e=_(a.shape),s=t.data.get(a.dataId).values,p=rt([e,e],a.dtype),l=p.values;for(let o=0;o<s.length;o++)l[o*e+o]=s[o];const n=[...a.shape,...a.shape];return t.makeTensorInfo(n,p.dtype,p.values)}const Bc={kernelName:Ys,backendName:"cpu",kernelFunc:Lc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Gc={kernelName:Ks,backendName:"cpu",kernelFunc:({inputs:u,backend:c,attrs:t})=>{const{x:a,filter:e}=u,{strides:s,pad:p,dilations:l}=t,n=c,o=n.data.get(a.dataId).values,r=a.shape.length,d=n.data.get(e.dataId).values,i=e.shape.length,{batchSize:f,inHeight:h,inWidth:m,inChannels:g,outHeight:I,outWidth:k,padInfo:y,strideHeight:x,strideWidth:b,filterHeight:S,filterWidth:v,dilationHeight:C,dilationWidth:T,outShape:M}=ge(a.shape,e.shape,s,p,"NHWC",l),V=_(M),A=M.length,N=xe(a.dtype,V);for(let R=0;R<f;++R)for(let w=0;w<I;++w){const H=w*x-y.top;for(let D=0;D<k;++D){const W=D*b-y.left;for(let $=0;$<g;++$){let z=Number.MIN_SAFE_INTEGER;for(let O=0;O<S;++O){const L=H+O*C;if(L>=0&&L<h)for(let P=0;P<v;++P){const B=W+P*T;if(B>=0&&B<m){const G=Et([R,L,B,$],r,K(a.shape)),j=Et([O,P,$],i,K(e.shape)),X=o[G]+d[j];X>z&&(z=X)}}}const E=Et([R,w,D,$],A,K(M));N[E]=z}}}return{dataId:n.write(Ie(N,a.dtype),M,a.dtype),shape:M,dtype:a.dtype}}};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const qc={kernelName:Me,backendName:"cpu",kernelFunc:({inputs:u,backend:c,attrs:t})=>{const{x:a,filter:e,dy:s}=u,{strides:p,pad:l,dilations:n}=t,o=c,r=Dt(a.shape,o.data.get(a.dataId).values),d=Dt(e.shape,o.data.get(e.dataId).values),{batchSize:i,inHeight:f,inWidth:h,inChannels:m,outHeight:g,outWidth:I,padInfo:k,strideHeight:y,strideWidth:x,filterHeight:b,filterWidth:S,dilationHeight:v,dilationWidth:C,outShape:T}=ge(a.shape,e.shape,p,l,"NHWC",n);ct(s.rank===T.length,()=>`Error in ${Me}, dy must have the same rank as output ${T.length}, but got ${s.rank}`);const M=Dt(T,o.data.get(s.dataId).values),V=on(e.shape,e.dtype);for(let N=0;N<i;++N)for(let F=0;F<g;++F){const R=F*y-k.top;for(let w=0;w<I;++w){const H=w*x-k.left;for(let D=0;D<m;++D){let W=Number.MIN_SAFE_INTEGER,$=0,z=0;for(let E=0;E<b;++E){const O=R+E*v;if(O>=0&&O<f)for(let L=0;L<S;++L){const P=H+L*C;if(P>=0&&P<h){const B=r[N][O][P][D]+d[E][L][D];B>W&&(W=B,$=E,z=L)}}}V[$][z][D]+=M[N][F][w][D]}}}return{dataId:o.write(Ie(V,a.dtype),e.shape,e.dtype),shape:e.shape,dtype:e.dtype}}};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Xc={kernelName:Fe,backendName:"cpu",kernelFunc:({inputs:u,backend:c,attrs:t})=>{const{x:a,filter:e,dy:s}=u,{strides:p,pad:l,dilations:n}=t,o=c,r=Dt(a.shape,o.data.get(a.dataId).values),d=Dt(e.shape,o.data.get(e.dataId).values),{batchSize:i,inHeight:f,inWidth:h,inChannels:m,outHeight:g,outWidth:I,padInfo:k,strideHeight:y,strideWidth:x,filterHeight:b,filterWidth:S,dilationHeight:v,dilationWidth:C,outShape:T}=ge(a.shape,e.shape,p,l,"NHWC",n);ct(s.rank===T.length,()=>`Error in ${Fe}, dy must have the same rank as output ${T.length}, but got ${s.rank}`);const M=Dt(T,o.data.get(s.dataId).values),V=on(a.shape,a.dtype);for(let N=0;N<i;++N)for(let F=0;F<g;++F){const R=F*y-k.top;for(let w=0;w<I;++w){const H=w*x-k.left;for(let D=0;D<m;++D){let W=Number.MIN_SAFE_INTEGER,$=R<0?0:R,z=H<0?0:H;for(let E=0;E<b;++E){const O=R+E*v;if(O>=0&&O<f)for(let L=0;L<S;++L){const P=H+L*C;if(P>=0&&P<h){const B=r[N][O][P][D]+d[E][L][D];B>W&&(W=B,$=O,z=P)}}}V[N][$][z][D]+=M[N][F][w][D]}}}return{dataId:o.write(Ie(V,a.dtype),a.shape,a.dtype),shape:a.shape,dtype:a.dtype}}};/**
 * @license
 * Copyright 2023 Google LLC.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function jc(u){const{inputs:c,backend:t,attrs:a}=u,{image:e}=c,{canvas:s,options:p}=a,{contextOptions:l,imageOptions:n}=p||{},o=n?.alpha||1,r=l?.contextType||"2d";if(r!=="2d")throw new Error(`Context type ${l.contextType} is not supported by the CPU backend.`);const d=s.getContext(r,l?.contextAttributes||{});if(d==null)throw new Error(`Could not get the context with ${r} type.`);const[i,f]=e.shape.slice(0,2),h=e.shape.length===2?1:e.shape[2],m=t.data.get(e.dataId).values,g=e.dtype==="float32"?255:1,I=new Uint8ClampedArray(f*i*4);for(let y=0;y<i*f;++y){const x=[0,0,0,255*o];for(let S=0;S<h;S++){const v=m[y*h+S];if(e.dtype==="float32"){if(v<0||v>1)throw new Error(`Tensor values for a float32 Tensor must be in the range [0 - 1] but encountered ${v}.`)}else if(e.dtype==="int32"&&(v<0||v>255))throw new Error(`Tensor values for a int32 Tensor must be in the range [0 - 255] but encountered ${v}.`);h===1?(x[0]=v*g,x[1]=v*g,x[2]=v*g):x[S]=v*g}const b=y*4;I[b+0]=Math.round(x[0]),I[b+1]=Math.round(x[1]),I[b+2]=Math.round(x[2]),I[b+3]=Math.round(x[3])}s.width=f,s.height=i;const k=new ImageData(I,f,i);return d.putImageData(k,0,0),e}const _c={kernelName:Zs,backendName:"cpu",kernelFunc:jc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function qt(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{axis:s,keepDims:p}=a;q(e,"sum");let l;e.dtype==="bool"?l=ye({inputs:{x:e},backend:t,attrs:{dtype:"int32"}}):l=Ft({inputs:{x:e},backend:t});const n=l.shape.length,o=pt(s,l.shape),r=xt(o,n);let d=o,i=l;r!=null&&(i=ut({inputs:{x:l},backend:t,attrs:{perm:r}}),d=It(d.length,n)),Tt("sum",d,i.shape.length);const[f,h]=Ct(i.shape,d),m=ae(i.dtype,"int32");let g=Ko(t,f,m);const I=_(h),k=t.data.get(g.dataId).values,y=t.data.get(i.dataId).values;for(let x=0;x<k.length;++x){const b=x*I;let S=0;for(let v=0;v<I;++v)S+=y[b+v];k[x]=S}if(p){const x=Ht(g.shape,o),b=g;g=nt({inputs:{x:g},backend:t,attrs:{shape:x}}),t.disposeIntermediateTensorInfo(b)}return t.disposeIntermediateTensorInfo(l),r!=null&&t.disposeIntermediateTensorInfo(i),g}const Uc={kernelName:Js,backendName:"cpu",kernelFunc:qt};/**
 * @license
 * Copyright 2021 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Yc(u){const{inputs:c,backend:t,attrs:a}=u,{equation:e}=a,s=c,{allDims:p,summedDims:l,idDims:n}=ta(e,s.length);ea(p.length,n,s);const{path:o,steps:r}=na(l,n),d=r.length;let i=null,f=p.length;const h=[];for(let m=0;m<d;++m){for(const g of r[m]){const{permutationIndices:I,expandDims:k}=sa(f,n[g]);let y;aa(I)?y=s[g]:(y=ut({inputs:{x:s[g]},backend:t,attrs:{perm:I}}),h.push(y));const x=y.shape.slice();for(let b=0;b<k.length;++b)x.splice(k[b],0,1);fe(y.shape,x)||(y=nt({inputs:{x:y},backend:t,attrs:{shape:x}}),h.push(y)),i===null?i=y:(i=Se({inputs:{a:y,b:i},backend:t}),h.push(i))}m<d-1&&(o[m]>=0&&(i=qt({inputs:{x:i},backend:t,attrs:{axis:o[m]-(p.length-f),keepDims:!1}}),h.push(i)),f--)}for(const m of h)m!==i&&t.disposeIntermediateTensorInfo(m);return i}const Kc={kernelName:Qs,backendName:"cpu",kernelFunc:Yc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Zc(u){const{inputs:c,backend:t}=u,{dy:a,y:e}=c;q([a,e],"eluGrad");const s=new Float32Array(_(e.shape)),p=t.data.get(e.dataId).values,l=t.data.get(a.dataId).values;for(let n=0;n<p.length;++n){const o=p[n];o>=0?s[n]=l[n]:s[n]=l[n]*(o+1)}return t.makeTensorInfo(e.shape,"float32",s)}const Jc={kernelName:oa,backendName:"cpu",kernelFunc:Zc};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Qc=ua,tl=da,el=la,nl=ca,sl=ia,al=ra,ol=Q(rn,u=>{const c=Math.sign(u),t=Math.abs(u),a=1/(1+Qc*t);return c*(1-((((al*a+sl)*a+nl)*a+el)*a+tl)*a*Math.exp(-t*t))}),rl={kernelName:rn,backendName:"cpu",kernelFunc:ol};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function te(u){const{inputs:c,backend:t,attrs:a}=u,{input:e}=c,{dim:s}=a,p=e.shape.length,l=e.shape.slice();let n=s;return s<0&&(ct(-(p+1)<=s,()=>`Axis must be in the interval [${-(p+1)}, ${p}]`),n=p+s+1),l.splice(n,0,1),nt({inputs:{x:e},backend:t,attrs:{shape:l}})}const il={kernelName:pa,backendName:"cpu",kernelFunc:te};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const cl=Mt((u,c)=>u/c),Ce=$t(cn,cl),de={kernelName:cn,backendName:"cpu",kernelFunc:Ce};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function qn(u,c,t){const a=u.shape,e=a[0],s=a[1],p=t.data.get(u.dataId),l=p.complexTensorInfos.real,n=p.complexTensorInfos.imag,o=[e,s],r=_(o),d=vt("float32",r),i=vt("float32",r);for(let g=0;g<e;g++){const I=Vt({inputs:{x:l},backend:t,attrs:{begin:[g,0],size:[1,s]}}),k=Vt({inputs:{x:n},backend:t,attrs:{begin:[g,0],size:[1,s]}}),y=ht({inputs:{real:I,imag:k},backend:t}),{real:x,imag:b}=ll(y,c,t),S=ne(x,b);for(let v=0;v<s;v++){const C=ln(S,v);d[g*s+v]=C.real,i[g*s+v]=C.imag}t.disposeIntermediateTensorInfo(I),t.disposeIntermediateTensorInfo(k),t.disposeIntermediateTensorInfo(y)}const f=t.makeTensorInfo(o,"float32",d),h=t.makeTensorInfo(o,"float32",i),m=ht({inputs:{real:f,imag:h},backend:t});return t.disposeIntermediateTensorInfo(f),t.disposeIntermediateTensorInfo(h),m}function ll(u,c,t){const a=_(u.shape),e=t.data.get(u.dataId),s=t.data.get(e.complexTensorInfos.real.dataId).values,p=t.data.get(e.complexTensorInfos.imag.dataId).values;if(dl(a)){const l=ue(s,p,a,c,t),n=[u.shape[0],u.shape[1]];if(c){const o=t.makeTensorInfo(n,"float32",l.real),r=t.makeTensorInfo(n,"float32",l.imag),d=t.makeTensorInfo([],"float32",dn(a,"float32")),i=Ft({inputs:{x:d},backend:t}),f=de.kernelFunc({inputs:{a:o,b:d},backend:t}),h=de.kernelFunc({inputs:{a:r,b:i},backend:t}),m=t.data.get(f.dataId).values,g=t.data.get(h.dataId).values;return t.disposeIntermediateTensorInfo(o),t.disposeIntermediateTensorInfo(r),t.disposeIntermediateTensorInfo(d),t.disposeIntermediateTensorInfo(i),t.disposeIntermediateTensorInfo(f),t.disposeIntermediateTensorInfo(h),{real:m,imag:g}}return l}else{const l=ne(s,p),n=ul(l,a,c);return fa(n)}}function dl(u){return(u&u-1)===0}function ue(u,c,t,a,e){if(t===1)return{real:u,imag:c};const s=ne(u,c),p=t/2,l=ha(s),n=l.real,o=l.imag,r=[n.length],d=e.makeTensorInfo(r,"float32",n),i=e.makeTensorInfo(r,"float32",o),f=ht({inputs:{real:d,imag:i},backend:e}),h=ma(s),m=h.real,g=h.imag,I=[m.length],k=e.makeTensorInfo(I,"float32",m),y=e.makeTensorInfo(I,"float32",g),x=ht({inputs:{real:k,imag:y},backend:e}),b=ue(n,o,p,a,e),S=b.real,v=b.imag,C=[S.length],T=e.makeTensorInfo(C,"float32",S),M=e.makeTensorInfo(C,"float32",v),V=ht({inputs:{real:T,imag:M},backend:e}),A=ue(m,g,p,a,e),N=A.real,F=A.imag,R=[N.length],w=e.makeTensorInfo(R,"float32",N),H=e.makeTensorInfo(R,"float32",F),D=ht({inputs:{real:w,imag:H},backend:e}),W=ga(t,a),$=[W.real.length],z=e.makeTensorInfo($,"float32",W.real),E=e.makeTensorInfo($,"float32",W.imag),O=ht({inputs:{real:z,imag:E},backend:e}),L=Se({inputs:{a:O,b:D},backend:e}),P=Lt({inputs:{a:V,b:L},backend:e}),B=Vn({inputs:{a:V,b:L},backend:e}),G=Bt({inputs:{input:P},backend:e}),j=Bt({inputs:{input:B},backend:e}),X=Wt({inputs:{input:P},backend:e}),U=Wt({inputs:{input:B},backend:e}),Y=At({inputs:[G,j],backend:e,attrs:{axis:0}}),Z=At({inputs:[X,U],backend:e,attrs:{axis:0}}),tt=e.data.get(Y.dataId).values,ot=e.data.get(Z.dataId).values;return e.disposeIntermediateTensorInfo(d),e.disposeIntermediateTensorInfo(i),e.disposeIntermediateTensorInfo(f),e.disposeIntermediateTensorInfo(k),e.disposeIntermediateTensorInfo(y),e.disposeIntermediateTensorInfo(x),e.disposeIntermediateTensorInfo(T),e.disposeIntermediateTensorInfo(M),e.disposeIntermediateTensorInfo(V),e.disposeIntermediateTensorInfo(w),e.disposeIntermediateTensorInfo(H),e.disposeIntermediateTensorInfo(D),e.disposeIntermediateTensorInfo(z),e.disposeIntermediateTensorInfo(E),e.disposeIntermediateTensorInfo(O),e.disposeIntermediateTensorInfo(L),e.disposeIntermediateTensorInfo(P),e.disposeIntermediateTensorInfo(B),e.disposeIntermediateTensorInfo(G),e.disposeIntermediateTensorInfo(X),e.disposeIntermediateTensorInfo(j),e.disposeIntermediateTensorInfo(U),e.disposeIntermediateTensorInfo(Y),e.disposeIntermediateTensorInfo(Z),{real:tt,imag:ot}}function ul(u,c,t){const a=new Float32Array(c*2);for(let e=0;e<c;e++){let s=0,p=0;for(let l=0;l<c;l++){const n=Ia(e*l,c,t),o=ln(u,l);s+=o.real*n.real-o.imag*n.imag,p+=o.real*n.imag+o.imag*n.real}t&&(s/=c,p/=c),xa(a,s,p,e)}return a}/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function pl(u){const{inputs:c,backend:t}=u,{input:a}=c,e=_(a.shape),s=a.shape[a.shape.length-1],p=e/s,l=nt({inputs:{x:a},backend:t,attrs:{shape:[p,s]}}),n=qn(l,!1,t),o=nt({inputs:{x:n},backend:t,attrs:{shape:a.shape}});return t.disposeIntermediateTensorInfo(l),t.disposeIntermediateTensorInfo(n),o}const fl={kernelName:ka,backendName:"cpu",kernelFunc:pl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Ne(u){const{backend:c,attrs:t}=u,{shape:a,value:e,dtype:s}=t,p=s||ya(e),l=xe(p,_(a));return ml(l,e,p),c.makeTensorInfo(a,p,l)}const hl={kernelName:ba,backendName:"cpu",kernelFunc:Ne};function ml(u,c,t){u.fill(c)}/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const gl={kernelName:Sa,backendName:"cpu",kernelFunc:({inputs:u,attrs:c,backend:t})=>{const{image:a}=u,e=t,s=vt(a.dtype,_(a.shape)),[p,l,n,o]=a.shape,r=e.data.get(a.dataId).values;for(let i=0;i<p;i++){const f=i*n*l*o;for(let h=0;h<l;h++){const m=h*(n*o);for(let g=0;g<n;g++){const I=g*o;for(let k=0;k<o;k++){const y=Math.round(n-g-1),x=f+m+I+k;let b=r[x];if(y>=0&&y<n){const S=y*o,v=f+m+S+k;b=r[v]}s[x]=b}}}}return{dataId:e.write(s,a.shape,a.dtype),shape:a.shape,dtype:a.dtype}}};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function xl(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,filter:s,bias:p,preluActivationWeights:l}=c,{strides:n,pad:o,dataFormat:r,dilations:d,dimRoundingMode:i,activation:f,leakyreluAlpha:h}=a;let m=Bn({inputs:{x:e,filter:s},backend:t,attrs:{strides:n,pad:o,dataFormat:r,dilations:d,dimRoundingMode:i}});if(p){const g=m;if(r==="NCHW"&&p.shape.length===1&&p.shape[0]!==1){const I=nt({inputs:{x:p},backend:t,attrs:{shape:[p.shape[0],1,1]}});m=Lt({inputs:{a:m,b:I},backend:t}),t.disposeIntermediateTensorInfo(I)}else m=Lt({inputs:{a:m,b:p},backend:t});t.disposeIntermediateTensorInfo(g)}if(f){const g=m;if(r==="NCHW"&&f==="prelu"&&l.shape.length===1&&l.shape[0]!==1){const I=nt({inputs:{x:l},backend:t,attrs:{shape:[l.shape[0],1,1]}});m=Qt(t,m,f,I,h),t.disposeIntermediateTensorInfo(I)}else m=Qt(t,m,f,l,h);t.disposeIntermediateTensorInfo(g)}return m}const Il={kernelName:va,backendName:"cpu",kernelFunc:xl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function kl(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,filter:s,bias:p,preluActivationWeights:l}=c,{strides:n,pad:o,dataFormat:r,dilations:d,dimRoundingMode:i,activation:f,leakyreluAlpha:h}=a;let m=Gn({inputs:{x:e,filter:s},backend:t,attrs:{strides:n,pad:o,dataFormat:r,dilations:d,dimRoundingMode:i}});if(p){const g=m;m=Lt({inputs:{a:m,b:p},backend:t}),t.disposeIntermediateTensorInfo(g)}if(f){const g=m;m=Qt(t,m,f,l,h),t.disposeIntermediateTensorInfo(g)}return m}const bl={kernelName:Ca,backendName:"cpu",kernelFunc:kl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function yl(u){const{inputs:c,backend:t}=u,{params:a,indices:e}=c,s=_(a.shape),p=e.shape,l=p[p.length-1],[n,o,r,d]=wa(a,e);if(o===0)return t.makeTensorInfo(n,a.dtype,[]);const i=t.data.get(e.dataId).values,f=t.bufferSync(a),h=Zo(i,f,a.dtype,o,l,r,d,a.shape,s);return t.makeTensorInfo(n,a.dtype,h.values)}const Sl={kernelName:Na,backendName:"cpu",kernelFunc:yl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function vl(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,indices:s}=c,{axis:p,batchDims:l}=a;q([e,s],"gatherV2");const n=pt(p,e.shape)[0],o=t.data.get(s.dataId).values,r=e.shape[n];for(let x=0;x<o.length;++x){const b=o[x];ct(b<=r-1&&b>=0,()=>`GatherV2: the index value ${b} is not in [0, ${r-1}]`)}let d=l;l==null&&(d=0);const i=_(s.shape),f=Ma(e,s,n,d),h=nt({inputs:{x:e},backend:t,attrs:{shape:[f.batchSize,f.outerSize,f.dimSize,f.sliceSize]}}),m=nt({inputs:{x:s},backend:t,attrs:{shape:[f.batchSize,i/f.batchSize]}}),g=[f.batchSize,f.outerSize,i/f.batchSize,f.sliceSize],I=t.bufferSync(m),k=t.bufferSync(h),y=Jo(k,I,g);return t.disposeIntermediateTensorInfo(h),t.disposeIntermediateTensorInfo(m),t.makeTensorInfo(f.outputShape,y.dtype,y.values)}const Cl={kernelName:Ta,backendName:"cpu",kernelFunc:vl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Nl(u){const{inputs:c,backend:t}=u,{input:a}=c,e=_(a.shape),s=a.shape[a.shape.length-1],p=e/s,l=nt({inputs:{x:a},backend:t,attrs:{shape:[p,s]}}),n=qn(l,!0,t),o=nt({inputs:{x:n},backend:t,attrs:{shape:a.shape}});return t.disposeIntermediateTensorInfo(l),t.disposeIntermediateTensorInfo(n),o}const wl={kernelName:Fa,backendName:"cpu",kernelFunc:Nl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Tl=Q(un,u=>Number.isFinite(u)?1:0,"bool"),Ml={kernelName:un,backendName:"cpu",kernelFunc:Tl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Fl=Q(pn,u=>Math.abs(u)===1/0?1:0,"bool"),Rl={kernelName:pn,backendName:"cpu",kernelFunc:Fl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Dl=Q(fn,u=>Number.isNaN(u)?1:0,"bool"),Vl={kernelName:fn,backendName:"cpu",kernelFunc:Dl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Wl(u){const{backend:c,attrs:t}=u,{start:a,stop:e,num:s}=t,p=Qo(a,e,s);return c.makeTensorInfo([p.length],"float32",p)}const Al={kernelName:Ra,backendName:"cpu",kernelFunc:Wl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Hl=Q(hn,u=>Math.log1p(u)),zl={kernelName:hn,backendName:"cpu",kernelFunc:Hl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const $l=Mt((u,c)=>u&&c),Ol=$t(mn,$l,null,"bool"),Pl={kernelName:mn,backendName:"cpu",kernelFunc:Ol};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const El=Q(gn,u=>u?0:1,"bool"),Ll={kernelName:gn,backendName:"cpu",kernelFunc:El};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Bl=Mt((u,c)=>u||c),Gl=$t(xn,Bl,null,"bool"),ql={kernelName:xn,backendName:"cpu",kernelFunc:Gl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Xl(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{depthRadius:s,bias:p,alpha:l,beta:n}=a;q(e,"LRN");const o=e.shape[3],r=o-1,d=t.data.get(e.dataId).values,i=_(e.shape),f=new Float32Array(i);function h(m){const g=m%o;let I=m-g+Math.max(0,g-s);const k=m-g+Math.min(g+s,r);let y=0;for(;I<=k;I++){const x=d[I];y+=x*x}return y}for(let m=0;m<i;m++){const g=h(m),I=d[m]*Math.pow(p+l*g,-n);f[m]=I}return t.makeTensorInfo(e.shape,e.dtype,f)}const jl={kernelName:Da,backendName:"cpu",kernelFunc:Xl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function _l(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,y:s,dy:p}=c,{depthRadius:l,bias:n,alpha:o,beta:r}=a;q(p,"LRNGrad");const d=_(p.shape),i=p.shape[3],f=t.data.get(p.dataId).values,h=t.data.get(e.dataId).values,m=t.data.get(s.dataId).values,g=new Float32Array(d),I=d;for(let k=0;k<I;k++){const y=k%i,x=k-y+Math.max(0,y-l),b=k-y+Math.min(i,y+l+1);let S=0;for(let v=x;v<b;v++)S+=Math.pow(h[v],2);S=o*S+n;for(let v=x;v<b;v++){let C=-2*o*r*h[v]*m[k]/S;k===v&&(C+=Math.pow(S,-r)),C*=f[k],g[v]+=C}}return t.makeTensorInfo(p.shape,e.dtype,g)}const Ul={kernelName:Va,backendName:"cpu",kernelFunc:_l};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Xn(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{reductionIndices:s,keepDims:p}=a,l=t;let n=e.shape;const o=n.length,r=pt(s,n);let d=r;const i=xt(d,o);let f=l.data.get(e.dataId).values;if(i!=null){const x=new Array(o);for(let b=0;b<x.length;b++)x[b]=n[i[b]];f=tr(f,n,e.dtype,i,x),d=It(d.length,o),n=x}q(e,"max"),Tt("max",d,o);const[h,m]=Ct(n,d),g=_(m),I=er(f,g,h,e.dtype),k=l.write(I,h,e.dtype);let y=h;return p&&(y=Ht(h,r)),{dataId:k,shape:y,dtype:e.dtype}}const Yl={kernelName:Wa,backendName:"cpu",kernelFunc:Xn};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Kl(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c;q(e,"maxPool");const{filterSize:s,strides:p,pad:l,dimRoundingMode:n}=a,o=1;ct(pe(p,o),()=>`Error in maxPool: Either strides or dilations must be 1. Got strides ${p} and dilations '${o}'`);const r=Gt(e.shape,s,p,o,l,n);let d;if(r.filterWidth===1&&r.filterHeight===1&&fe(r.inShape,r.outShape))d=Ft({inputs:{x:e},backend:t});else{const i=t.data.get(e.dataId).values,f=K(e.shape),h=ve(i,e.shape,e.dtype,f,r,"max");d=t.makeTensorInfo(r.outShape,e.dtype,h.values)}return d}const Zl={kernelName:Aa,backendName:"cpu",kernelFunc:Kl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Jl(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{filterSize:s,strides:p,pad:l,dimRoundingMode:n,dataFormat:o}=a;q(e,"maxPool3d");const r=se(e.shape,s,p,1,l,n,o),d=t.data.get(e.dataId).values,i=Ln(d,e.shape,e.dtype,K(e.shape),r,"max");return t.makeTensorInfo(i.shape,"float32",i.values)}const Ql={kernelName:Ha,backendName:"cpu",kernelFunc:Jl};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function td(u){const{inputs:c,backend:t,attrs:a}=u,{dy:e,input:s}=c,{filterSize:p,strides:l,pad:n,dimRoundingMode:o}=a;q([e,s],"maxPool3DGrad");const r=se(s.shape,p,l,1,n,o),d=t.bufferSync(s),i=Bi(d,r),f=r.strideDepth,h=r.strideHeight,m=r.strideWidth,g=r.dilationDepth,I=r.dilationHeight,k=r.dilationWidth,y=r.effectiveFilterDepth,x=r.effectiveFilterHeight,b=r.effectiveFilterWidth,S=y-1-r.padInfo.front,v=b-1-r.padInfo.left,C=x-1-r.padInfo.top,T=rt(s.shape,"float32"),M=t.bufferSync(e);for(let V=0;V<r.batchSize;++V)for(let A=0;A<r.inChannels;++A)for(let N=0;N<r.inDepth;++N)for(let F=0;F<r.inHeight;++F)for(let R=0;R<r.inWidth;++R){const w=N-S,H=F-C,D=R-v;let W=0;for(let $=0;$<y;$+=g){const z=(w+$)/f;if(!(z<0||z>=r.outDepth||Math.floor(z)!==z))for(let E=0;E<x;E+=I){const O=(H+E)/h;if(!(O<0||O>=r.outHeight||Math.floor(O)!==O))for(let L=0;L<b;L+=k){const P=(D+L)/m;if(P<0||P>=r.outWidth||Math.floor(P)!==P)continue;const B=y*x*b-1-i.get(V,z,O,P,A),G=$*x*b+E*b+L,j=B===G?1:0;if(j===0)continue;const X=M.get(V,z,O,P,A);W+=X*j}}}T.set(W,V,N,F,R,A)}return t.makeTensorInfo(T.shape,T.dtype,T.values)}const ed={kernelName:za,backendName:"cpu",kernelFunc:td};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function nd(u){const{inputs:c,backend:t,attrs:a}=u,{dy:e,input:s,output:p}=c,l=s;q([s,p],"maxPoolGrad");const{filterSize:n,strides:o,pad:r,dimRoundingMode:d}=a,i=Gt(l.shape,n,o,1,r,d),f=t.data.get(l.dataId).values,h=rt(i.outShape,l.dtype,En(f,l.shape,l.dtype,i).values),m=i.strideHeight,g=i.strideWidth,I=i.dilationHeight,k=i.dilationWidth,y=i.effectiveFilterHeight,x=i.effectiveFilterWidth,b=x-1-i.padInfo.left,S=y-1-i.padInfo.top,v=rt(l.shape,"float32"),C=t.data.get(e.dataId).values,T=rt(e.shape,"float32",C);for(let M=0;M<i.batchSize;++M)for(let V=0;V<i.inChannels;++V)for(let A=0;A<i.inHeight;++A)for(let N=0;N<i.inWidth;++N){const F=A-S,R=N-b;let w=0;for(let H=0;H<y;H+=I){const D=(F+H)/m;if(!(D<0||D>=i.outHeight||Math.floor(D)!==D))for(let W=0;W<x;W+=k){const $=(R+W)/g;if($<0||$>=i.outWidth||Math.floor($)!==$)continue;const z=y*x-1-h.get(M,D,$,V),E=H*x+W,O=z===E?1:0;if(O===0)continue;const L=T.get(M,D,$,V);w+=L*O}}v.set(w,M,A,N,V)}return t.makeTensorInfo(v.shape,v.dtype,v.values)}const sd={kernelName:$a,backendName:"cpu",kernelFunc:nd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function ad(u,c,t,a,e){const s=K(c),p=ve(u,c,t,s,e,"max"),l=En(u,c,t,e,!0,a);return[p.values,l.values]}/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const od={kernelName:Oa,backendName:"cpu",kernelFunc:({inputs:u,attrs:c,backend:t})=>{const{x:a}=u,{filterSize:e,strides:s,pad:p,includeBatchInIndex:l}=c,n=t;q(a,"MaxPoolWithArgmax");const o=n.data.get(a.dataId).values,r=Gt(a.shape,e,s,[1,1],p),[d,i]=ad(o,a.shape,a.dtype,l,r),f=n.write(d,r.outShape,a.dtype),h=n.write(i,r.outShape,a.dtype);return[{dataId:f,shape:r.outShape,dtype:a.dtype},{dataId:h,shape:r.outShape,dtype:"int32"}]}};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function rd(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{axis:s,keepDims:p}=a,l=pt(s,e.shape),o=Ct(e.shape,l)[1],r=_(o),d=[],i=t.makeTensorInfo([],"float32",new Float32Array([r]));d.push(i);const f=ye({inputs:{x:e},backend:t,attrs:{dtype:"float32"}});d.push(f);const h=Ce({inputs:{a:f,b:i},backend:t});d.push(h);const m=qt({inputs:{x:h},backend:t,attrs:{axis:s,keepDims:p}});return d.forEach(g=>t.disposeIntermediateTensorInfo(g)),m}const id={kernelName:Pa,backendName:"cpu",kernelFunc:rd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function cd(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{axis:s,keepDims:p}=a;q(e,"min");const l=pt(s,e.shape);let n=l;const o=xt(n,e.shape.length);let r=e;o!=null&&(r=ut({inputs:{x:e},backend:t,attrs:{perm:o}}),n=It(n.length,e.shape.length)),Tt("min",n,r.shape.length);const[d,i]=Ct(r.shape,n),f=_(i),h=Nt(_(d),r.dtype),m=t.data.get(r.dataId).values;for(let I=0;I<h.length;++I){const k=I*f;let y=m[k];for(let x=0;x<f;++x){const b=m[k+x];(Number.isNaN(b)||b<y)&&(y=b)}h[I]=y}o!=null&&t.disposeIntermediateTensorInfo(r);const g=t.makeTensorInfo(d,r.dtype,h);if(p){const I=Ht(d,l),k=nt({inputs:{x:g},backend:t,attrs:{shape:I}});return t.disposeIntermediateTensorInfo(g),k}return g}const ld={kernelName:Ea,backendName:"cpu",kernelFunc:cd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function dd(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{paddings:s,mode:p}=a;q(e,"mirrorPad");const l=s.map((y,x)=>y[0]+e.shape[x]+y[1]),n=s.map(y=>y[0]),o=s.map((y,x)=>y[0]+e.shape[x]),r=p==="reflect"?0:1,d=t.data.get(e.dataId).values,i=e.shape.length,f=K(e.shape),h=_(l),m=l.length,g=K(l),I=vt(e.dtype,h);for(let y=0;y<h;y++){let x=In(y,m,g);for(let S=0;S<m;S++)x[S]<n[S]?x[S]=n[S]*2-x[S]-r:x[S]>=o[S]&&(x[S]=(o[S]-1)*2-x[S]+r);x=x.map((S,v)=>S-n[v]);const b=Et(x,i,f);I[y]=d[b]}return{dataId:t.write(I,l,e.dtype),shape:l,dtype:e.dtype}}const ud={kernelName:La,backendName:"cpu",kernelFunc:dd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const pd=Mt(((u,c)=>{const t=u%c;return u<0&&c<0||u>=0&&c>=0?t:(t+c)%c})),fd=$t(kn,pd),hd={kernelName:kn,backendName:"cpu",kernelFunc:fd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function jn(u){const{inputs:c,backend:t,attrs:a}=u,{logits:e}=c,{dim:s}=a,p=e.shape.length;let l=s;if(l===-1&&(l=p-1),l!==p-1)throw Error(`Softmax along a non-last dimension is not yet supported. Logits was rank ${p} and dim was ${l}`);const n=pt([l],e.shape),o=Xn({inputs:{x:e},backend:t,attrs:{reductionIndices:n,keepDims:!1}}),r=Ht(o.shape,n),d=nt({inputs:{x:o},backend:t,attrs:{shape:r}}),i=Vn({inputs:{a:e,b:d},backend:t}),f=nr({inputs:{x:i},backend:t}),h=qt({inputs:{x:f},backend:t,attrs:{axis:n,keepDims:!1}}),m=nt({inputs:{x:h},backend:t,attrs:{shape:r}}),g=Ce({inputs:{a:f,b:m},backend:t});return t.disposeIntermediateTensorInfo(o),t.disposeIntermediateTensorInfo(d),t.disposeIntermediateTensorInfo(i),t.disposeIntermediateTensorInfo(f),t.disposeIntermediateTensorInfo(h),t.disposeIntermediateTensorInfo(m),g}const md={kernelName:Ba,backendName:"cpu",kernelFunc:jn};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function gd(u){const{inputs:c,backend:t,attrs:a}=u,{logits:e}=c,{numSamples:s,seed:p,normalized:l}=a;q(e,"multinomial");const n=l?e:jn({inputs:{logits:e},backend:t,attrs:{dim:-1}}),o=n.shape[0],r=n.shape[1],d=t.data.get(n.dataId).values,i=[o,s],f=Nt(_(i),"int32");for(let h=0;h<o;++h){const m=h*r,g=new Float32Array(r-1);g[0]=d[m];for(let y=1;y<g.length;++y)g[y]=g[y-1]+d[m+y];const I=ai.alea(p.toString()),k=h*s;for(let y=0;y<s;++y){const x=I();f[k+y]=g.length;for(let b=0;b<g.length;b++)if(x<g[b]){f[k+y]=b;break}}}return l||t.disposeIntermediateTensorInfo(n),t.makeTensorInfo(i,"int32",f)}const xd={kernelName:Ga,backendName:"cpu",kernelFunc:gd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Id=Xa;function kd(u){const{inputs:c,backend:t,attrs:a}=u,{boxes:e,scores:s}=c,{maxOutputSize:p,iouThreshold:l,scoreThreshold:n}=a;q(e,"NonMaxSuppression");const o=t.data.get(e.dataId).values,r=t.data.get(s.dataId).values,{selectedIndices:d}=Id(o,r,p,l,n);return t.makeTensorInfo([d.length],"int32",new Int32Array(d))}const bd={kernelName:qa,backendName:"cpu",kernelFunc:kd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const yd=_a;function Sd(u){const{inputs:c,backend:t,attrs:a}=u,{boxes:e,scores:s}=c,{maxOutputSize:p,iouThreshold:l,scoreThreshold:n,padToMaxOutputSize:o}=a;q(e,"NonMaxSuppressionPadded");const r=t.data.get(e.dataId).values,d=t.data.get(s.dataId).values,{selectedIndices:i,validOutputs:f}=yd(r,d,p,l,n,o);return[t.makeTensorInfo([i.length],"int32",new Int32Array(i)),t.makeTensorInfo([],"int32",new Int32Array([f]))]}const vd={kernelName:ja,backendName:"cpu",kernelFunc:Sd};/**
 * @license
 * Copyright 2019 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Cd=Ya;function Nd(u){const{inputs:c,backend:t,attrs:a}=u,{boxes:e,scores:s}=c,{maxOutputSize:p,iouThreshold:l,scoreThreshold:n,softNmsSigma:o}=a;q(e,"NonMaxSuppressionWithScore");const r=t.data.get(e.dataId).values,d=t.data.get(s.dataId).values,i=p,f=l,h=n,m=o,{selectedIndices:g,selectedScores:I}=Cd(r,d,i,f,h,m);return[t.makeTensorInfo([g.length],"int32",new Int32Array(g)),t.makeTensorInfo([I.length],"float32",new Float32Array(I))]}const wd={kernelName:Ua,backendName:"cpu",kernelFunc:Nd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Td(u){const{inputs:c,backend:t,attrs:a}=u,{indices:e}=c,{dtype:s,depth:p,onValue:l,offValue:n}=a;q(e,"oneHot");const o=_(e.shape),r=new Float32Array(o*p);r.fill(n);const d=t.data.get(e.dataId).values;for(let i=0;i<o;++i)d[i]>=0&&d[i]<p&&(r[i*p+d[i]]=l);return t.makeTensorInfo([...e.shape,p],s,r)}const Md={kernelName:Ka,backendName:"cpu",kernelFunc:Td};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function ee(u){const{inputs:c,backend:t}=u,{x:a}=c;if(a.dtype==="string")throw new Error("zerosLike is not supported for string tensors");if(a.dtype==="complex64"){const e=Bt({inputs:{input:a},backend:t}),s=ee({inputs:{x:e},backend:t}),p=Wt({inputs:{input:a},backend:t}),l=ee({inputs:{x:p},backend:t}),n=ht({inputs:{real:s,imag:l},backend:t});return t.disposeIntermediateTensorInfo(e),t.disposeIntermediateTensorInfo(s),t.disposeIntermediateTensorInfo(p),t.disposeIntermediateTensorInfo(l),n}else return Ne({backend:t,attrs:{shape:a.shape,value:0,dtype:a.dtype}})}const Fd={kernelName:Za,backendName:"cpu",kernelFunc:ee};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function _n(u){const{inputs:c,backend:t}=u,{x:a}=c;if(a.dtype==="string")throw new Error("onesLike is not supported for string tensors");if(a.dtype==="complex64"){const e=Bt({inputs:{input:a},backend:t}),s=_n({inputs:{x:e},backend:t}),p=Wt({inputs:{input:a},backend:t}),l=ee({inputs:{x:p},backend:t}),n=ht({inputs:{real:s,imag:l},backend:t});return t.disposeIntermediateTensorInfo(e),t.disposeIntermediateTensorInfo(s),t.disposeIntermediateTensorInfo(p),t.disposeIntermediateTensorInfo(l),n}else return Ne({backend:t,attrs:{shape:a.shape,value:1,dtype:a.dtype}})}const Rd={kernelName:Ja,backendName:"cpu",kernelFunc:_n};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Un(u){const{inputs:c,backend:t,attrs:a}=u,{axis:e}=a;if(c.length===1)return te({inputs:{input:c[0]},backend:t,attrs:{dim:e}});const s=c[0].shape,p=c[0].dtype;c.forEach(r=>{to(s,r.shape,"All tensors passed to stack must have matching shapes"),ct(p===r.dtype,()=>"All tensors passed to stack must have matching dtypes")});const l=[],n=c.map(r=>{const d=te({inputs:{input:r},backend:t,attrs:{dim:e}});return l.push(d),d}),o=At({inputs:n,backend:t,attrs:{axis:e}});return l.forEach(r=>t.disposeIntermediateTensorInfo(r)),o}const Dd={kernelName:Qa,backendName:"cpu",kernelFunc:Un};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Vd(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{paddings:s,constantValue:p}=a;q(e,"pad");const l=s.map((k,y)=>k[0]+e.shape[y]+k[1]),n=s.map(k=>k[0]),o=t.data.get(e.dataId).values,r=_(e.shape),d=e.shape.length,i=K(e.shape),f=_(l),h=l.length,m=K(l),g=vt(e.dtype,f);p!==0&&g.fill(p);for(let k=0;k<r;k++){const x=In(k,d,i).map((S,v)=>S+n[v]),b=Et(x,h,m);g[b]=o[k]}return{dataId:t.write(g,l,e.dtype),shape:l,dtype:e.dtype}}const Yn={kernelName:eo,backendName:"cpu",kernelFunc:Vd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Wd=Mt((u,c)=>Math.pow(u,c)),Ad=$t(bn,Wd),Hd={kernelName:bn,backendName:"cpu",kernelFunc:Ad};/**
 * @license
 * Copyright 2022 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function zd(u){const{inputs:c,backend:t,attrs:a}=u,{paramsNestedSplits:e,paramsDenseValues:s,indices:p}=c,{outputRaggedRank:l}=a,n=e.map(I=>t.data.get(I.dataId).values),o=e.map(I=>I.shape),r=t.data.get(s.dataId).values,d=t.data.get(p.dataId).values,[i,f,h]=sr(n,o,r,s.shape,s.dtype,d,p.shape),m=i.map(I=>t.makeTensorInfo([I.length],"int32",I)),g=t.makeTensorInfo(h,s.dtype,f);return m.concat([g])}const $d={kernelName:no,backendName:"cpu",kernelFunc:zd};/**
 * @license
 * Copyright 2022 Google LLC.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Od(u){const{inputs:c,backend:t}=u,{starts:a,limits:e,deltas:s}=c,p=t.data.get(a.dataId).values,l=t.data.get(e.dataId).values,n=t.data.get(s.dataId).values,[o,r]=ar(p,a.shape,a.dtype,l,e.shape,n,s.shape),d=t.makeTensorInfo([o.length],"int32",o),i=t.makeTensorInfo([r.length],a.dtype,r);return[d,i]}const Pd={kernelName:so,backendName:"cpu",kernelFunc:Od};/**
 * @license
 * Copyright 2022 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Ed(u){const{inputs:c,backend:t,attrs:a}=u,{shape:e,values:s,defaultValue:p,rowPartitionTensors:l}=c,{rowPartitionTypes:n}=a,o=t.data.get(e.dataId).values,r=t.data.get(s.dataId).values,d=t.data.get(p.dataId).values,i=l.map(g=>t.data.get(g.dataId).values),f=l.map(g=>g.shape),[h,m]=or(o,e.shape,r,s.shape,s.dtype,d,p.shape,i,f,n);return t.makeTensorInfo(h,s.dtype,m)}const Ld={kernelName:ao,backendName:"cpu",kernelFunc:Ed};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Bd(u){const{backend:c,attrs:t}=u,{start:a,stop:e,dtype:s,step:p}=t,l=ro(a,e,p,s);return c.makeTensorInfo([l.length],s,l)}const Gd={kernelName:oo,backendName:"cpu",kernelFunc:Bd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const qd=Q(yn,u=>1/u),Xd={kernelName:yn,backendName:"cpu",kernelFunc:qd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function jd(u){const{inputs:c,backend:t,attrs:a}=u,{images:e}=c,{alignCorners:s,halfPixelCenters:p,size:l}=a;q(e,"resizeBilinear");const n=K(e.shape),[o,r]=l,[d,i,f,h]=e.shape,m=t.data.get(e.dataId).values,g=new Float32Array(_([d,o,r,h])),I=[s&&o>1?i-1:i,s&&r>1?f-1:f],k=[s&&o>1?o-1:o,s&&r>1?r-1:r];let y=0;const x=I[0]/k[0],b=I[1]/k[1];for(let S=0;S<d;S++)for(let v=0;v<o;v++){let C;p?C=x*(v+.5)-.5:C=x*v;const T=Math.max(0,Math.floor(C)),M=C-T,V=Math.min(i-1,Math.ceil(C)),A=S*n[0]+T*n[1],N=S*n[0]+V*n[1];for(let F=0;F<r;F++){let R;p?R=b*(F+.5)-.5:R=b*F;const w=Math.max(0,Math.floor(R)),H=R-w,D=Math.min(f-1,Math.ceil(R)),W=A+w*n[2],$=N+w*n[2],z=A+D*n[2],E=N+D*n[2];for(let O=0;O<h;O++){const L=m[W+O],P=m[$+O],B=m[z+O],G=m[E+O],j=L+(B-L)*H,X=P+(G-P)*H,U=j+(X-j)*M;g[y++]=U}}}return t.makeTensorInfo([d,o,r,h],"float32",g)}const _d={kernelName:io,backendName:"cpu",kernelFunc:jd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Ud(u){const{inputs:c,backend:t,attrs:a}=u,{images:e,dy:s}=c,{alignCorners:p}=a;q([s,e],"resizeBilinearGrad");const l=K(e.shape),[n,o,r,d]=e.shape,[,i,f]=s.shape,h=new Float32Array(n*o*r*d),m=[p&&i>1?o-1:o,p&&f>1?r-1:r],g=[p&&i>1?i-1:i,p&&f>1?f-1:f],I=m[0]/g[0],k=m[1]/g[1],y=t.data.get(s.dataId).values;let x=0;for(let b=0;b<n;b++){const S=b*l[0];for(let v=0;v<i;v++){const C=v*I,T=Math.floor(C),M=Math.min(Math.ceil(C),o-1),V=S+T*l[1],A=S+M*l[1],N=C-T,F=1-N;for(let R=0;R<f;R++){const w=R*k,H=Math.floor(w),D=Math.min(Math.ceil(w),r-1),W=w-H,$=1-W,z=V+H*l[2],E=V+D*l[2],O=A+H*l[2],L=A+D*l[2],P=F*$,B=F*W,G=N*$,j=N*W;for(let X=0;X<d;X++){const U=y[x++];h[z+X]+=U*P,h[E+X]+=U*B,h[O+X]+=U*G,h[L+X]+=U*j}}}}return t.makeTensorInfo([n,r,o,d],"float32",h)}const Yd={kernelName:co,backendName:"cpu",kernelFunc:Ud};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Kd(u){const{inputs:c,backend:t,attrs:a}=u,{images:e}=c,{alignCorners:s,halfPixelCenters:p,size:l}=a;q(e,"resizeNearestNeighbor");const n=K(e.shape),[o,r]=l,[d,i,f,h]=e.shape,m=t.data.get(e.dataId).values,g=new Float32Array(d*o*r*h),I=[s&&o>1?i-1:i,s&&r>1?f-1:f],k=[s&&o>1?o-1:o,s&&r>1?r-1:r],y=I[0]/k[0],x=I[1]/k[1];let b=0;for(let S=0;S<d;S++){const v=S*n[0];for(let C=0;C<o;C++){const T=p?y*(C+.5):y*C;let M=Math.min(i-1,s?Math.round(T):Math.floor(T));p&&(M=Math.max(0,M));const V=v+M*n[1];for(let A=0;A<r;A++){const N=p?x*(A+.5):x*A;let F=Math.min(f-1,s?Math.round(N):Math.floor(N));p&&(F=Math.max(0,F));const R=V+F*n[2];for(let w=0;w<h;w++){const H=m[R+w];g[b++]=H}}}}return t.makeTensorInfo([d,o,r,h],e.dtype,g)}const Zd={kernelName:lo,backendName:"cpu",kernelFunc:Kd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Jd(u){const{inputs:c,backend:t,attrs:a}=u,{images:e,dy:s}=c,{alignCorners:p}=a;q([s,e],"resizeNearestNeighborGrad");const l=K(e.shape),n=K(s.shape),[o,r,d,i]=e.shape,[,f,h]=s.shape,m=new Float32Array(o*r*d*i),g=t.data.get(s.dataId).values,I=[p&&f>1?r-1:r,p&&h>1?d-1:d],k=[p&&f>1?f-1:f,p&&h>1?h-1:h],y=I[0]/k[0],x=I[1]/k[1],b=1/y,S=1/x,v=Math.ceil(b)*2+2,C=Math.ceil(S)*2+2;for(let T=0;T<o;T++){const M=T*l[0];for(let V=0;V<r;V++){const A=M+V*l[1],N=Math.floor(V*b),F=Math.floor(N-v/2);for(let R=0;R<d;R++){const w=A+R*l[2],H=Math.floor(R*S),D=Math.floor(H-C/2);for(let W=0;W<i;W++){let $=0;for(let z=0;z<v;z++){const E=z+F;if(E<0||E>=f)continue;const O=M+E*n[1],L=E*y,P=Math.min(r-1,p?Math.round(L):Math.floor(L));if(V===P)for(let B=0;B<C;B++){const G=B+D;if(G<0||G>=h)continue;const j=O+G*n[2],X=G*x,U=Math.min(d-1,p?Math.round(X):Math.floor(X));R===U&&($+=g[j+W])}}m[w+W]=$}}}}return t.makeTensorInfo(e.shape,e.dtype,m)}const Qd={kernelName:uo,backendName:"cpu",kernelFunc:Jd};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function tu(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{dims:s}=a;q(e,"reverse");const p=e.shape.length,l=pt(s,e.shape);if(p===0)return Ft({inputs:{x:e},backend:t});const n=new lt(e.shape,e.dtype),o=t.bufferSync(e);for(let r=0;r<n.size;r++){const d=n.indexToLoc(r),i=d.slice();l.forEach(f=>i[f]=e.shape[f]-1-i[f]),n.set(o.get(...i),...d)}return t.makeTensorInfo(n.shape,n.dtype,n.values)}const eu={kernelName:po,backendName:"cpu",kernelFunc:tu};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const nu={kernelName:fo,backendName:"cpu",kernelFunc:({inputs:u,attrs:c,backend:t})=>{const{image:a}=u,{radians:e,fillValue:s,center:p}=c,l=t,n=vt(a.dtype,_(a.shape)),[o,r,d,i]=a.shape,[f,h]=ho(p,r,d),m=255,g=Math.sin(e),I=Math.cos(e),k=l.data.get(a.dataId).values;for(let x=0;x<o;x++){const b=x*d*r*i;for(let S=0;S<r;S++){const v=S*(d*i);for(let C=0;C<d;C++){const T=C*i;for(let M=0;M<i;M++){const V=[o,S,C,M],A=V[2],N=V[1];let F=(A-f)*I-(N-h)*g,R=(A-f)*g+(N-h)*I;F=Math.round(F+f),R=Math.round(R+h);let w=s;if(typeof s!="number"&&(M===3?w=m:w=s[M]),F>=0&&F<d&&R>=0&&R<r){const D=R*(d*i),W=F*i,$=b+D+W+M;w=k[$]}const H=b+v+T+M;n[H]=w}}}}return{dataId:l.write(n,a.shape,a.dtype),shape:a.shape,dtype:a.dtype}}};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const su=Q(Sn,u=>{const c=Math.floor(u);return u-c<.5?Math.floor(u):u-c>.5?Math.ceil(u):c%2===0?c:c+1}),au={kernelName:Sn,backendName:"cpu",kernelFunc:su};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function ou(u){const{inputs:c,backend:t,attrs:a}=u,{indices:e,updates:s}=c,{shape:p}=a,{sliceRank:l,numUpdates:n,sliceSize:o,strides:r,outputSize:d}=ke(s,e,p),i=!0,f=t.bufferSync(e),h=t.bufferSync(s),m=Rt(f,h,p,d,o,n,l,r,0,i);return t.makeTensorInfo(p,m.dtype,m.values)}const ru={kernelName:mo,backendName:"cpu",kernelFunc:ou};/**
 * @license
 * Copyright 2022 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function iu(u,c){let t=0,a=u.length,e=0;for(;t<a;)e=Math.floor((t+a)/2),u[e]<c?t=e+1:a=e;return a}function cu(u,c){let t=0,a=u.length,e=0;for(;t<a;)e=Math.floor((t+a)/2),u[e]<=c?t=e+1:a=e;return a}function lu(u,c,t,a,e,s){const p=xe("int32",t*e);for(let l=0;l<t;++l){const n=u.slice(l*a,(l+1)*a),o=l*e;for(let r=0;r<e;++r)p[o+r]=s==="left"?iu(n,c[r+o]):cu(n,c[r+o])}return p}/**
 * @license
 * Copyright 2022 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function du(u){const{inputs:c,backend:t,attrs:a}=u,{sortedSequence:e,values:s}=c,{side:p}=a,l=t.data.get(e.dataId).values,n=t.data.get(s.dataId).values,o=lu(l,n,e.shape[0],e.shape[1],s.shape[1],p);return t.makeTensorInfo(s.shape,"int32",o)}const uu={kernelName:go,backendName:"cpu",kernelFunc:du};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function pu(u){const{inputs:c,backend:t}=u,{condition:a,t:e,e:s}=c;q([a,e,s],"select");const p=a.shape.length,l=t.data.get(a.dataId).values,n=t.data.get(e.dataId).values,o=t.data.get(s.dataId).values,r=ae(e.dtype,s.dtype),d=Nt(_(e.shape),r);let i=0;const f=p===0||p>1||e.shape.length===1?1:_(e.shape.slice(1));for(let h=0;h<l.length;h++)for(let m=0;m<f;m++)l[h]===1?d[i++]=n[h]:d[i++]=o[h];return t.makeTensorInfo(e.shape,r,d)}const fu={kernelName:xo,backendName:"cpu",kernelFunc:pu};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const hu=ko,mu=Io,gu=Q(vn,u=>u>=0?mu*u:hu*(Math.exp(u)-1)),xu={kernelName:vn,backendName:"cpu",kernelFunc:gu};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Iu=Q(Cn,u=>u<0?-1:u>0?1:0),ku={kernelName:Cn,backendName:"cpu",kernelFunc:Iu};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const bu=Q(Nn,u=>Math.sin(u)),yu={kernelName:Nn,backendName:"cpu",kernelFunc:bu};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Su=Q(wn,u=>Math.sinh(u)),vu={kernelName:wn,backendName:"cpu",kernelFunc:Su};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Cu=11920928955078125e-23,Oe=Math.log(Cu)+2,Nu=Q(Tn,u=>{const c=u>-Oe,t=u<Oe,a=Math.exp(u);let e;return t?e=a:c?e=u:e=Math.log(1+a),e}),wu={kernelName:Tn,backendName:"cpu",kernelFunc:Nu};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Tu(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{blockShape:s,paddings:p}=a;q([e],"spaceToBatchND");const l=_(s),n=[[0,0]];n.push(...p);for(let S=1+s.length;S<e.shape.length;++S)n.push([0,0]);const o=Yn.kernelFunc({inputs:{x:e},backend:t,attrs:{paddings:n,constantValue:0}}),r=Je(o.shape,s,l,!1),d=Qe(r.length,s.length,!1),i=tn(o.shape,s,l,!1),m=nt({inputs:{x:o},backend:t,attrs:{shape:r}}),k=ut({inputs:{x:m},backend:t,attrs:{perm:d}}),b=nt({inputs:{x:k},backend:t,attrs:{shape:i}});return t.disposeIntermediateTensorInfo(o),t.disposeIntermediateTensorInfo(m),t.disposeIntermediateTensorInfo(k),b}const Mu={kernelName:bo,backendName:"cpu",kernelFunc:Tu};/**
 * @license
 * Copyright 2021 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Fu(u){const{inputs:c,backend:t}=u,{indices:a,values:e,denseShape:s,defaultValue:p}=c;if(s.shape.length!==1)throw new Error(`Dense shape must be a vector, saw:
        ${s.shape}`);if(a.shape.length!==2)throw new Error(`Indices must be a matrix, saw:
        ${a.shape}`);if(e.shape.length!==1)throw new Error(`Values must be a vector, saw:
        ${e.shape}`);if(p.shape.length!==0)throw new Error(`Default value must be a scalar, saw:
        ${p.shape}`);const l=t.data.get(a.dataId).values,n=t.data.get(e.dataId).values,o=t.data.get(s.dataId).values,r=t.data.get(p.dataId).values[0],[d,i,f,h,m]=rr(l,a.shape,a.dtype,n,e.dtype,o,r);return[t.makeTensorInfo(i,a.dtype,d),t.makeTensorInfo([i[0]],e.dtype,f),t.makeTensorInfo([h.length],"bool",new Uint8Array(h.map(g=>Number(g)))),t.makeTensorInfo([m.length],a.dtype,new Int32Array(m))]}const Ru={kernelName:yo,backendName:"cpu",kernelFunc:Fu};/**
 * @license
 * Copyright 2021 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Du(u){const{inputs:c,backend:t}=u,{inputIndices:a,inputShape:e,newShape:s}=c;if(a.shape.length!==2)throw new Error(`Input indices should be a matrix but received shape
        ${a.shape}`);if(e.shape.length!==1)throw new Error(`Input shape should be a vector but received shape
        ${e.shape}`);if(s.shape.length!==1)throw new Error(`Target shape should be a vector but received shape ${s.shape}`);const p=Array.from(t.data.get(e.dataId).values),l=t.data.get(a.dataId).values,n=Array.from(t.data.get(s.dataId).values),[o,r,d]=ir(l,a.shape,a.dtype,p,n);return[t.makeTensorInfo(r,a.dtype,o),t.makeTensorInfo([d.length],s.dtype,new Int32Array(d))]}const Vu={kernelName:So,backendName:"cpu",kernelFunc:Du};/**
 * @license
 * Copyright 2021 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Wu(u){const{inputs:c,backend:t}=u,{data:a,indices:e,segmentIds:s}=c;if(a.shape.length<1)throw new Error("Data should be at least 1 dimensional but received scalar");if(e.shape.length!==1)throw new Error(`Indices should be a vector but received shape
          ${e.shape}`);if(s.shape.length!==1)throw new Error(`Segment ids should be a vector but received shape
          ${s.shape}`);if(e.shape[0]!==s.shape[0])throw new Error("segmentIds and indices should have same size.");const p=t.data.get(a.dataId).values,l=t.data.get(e.dataId).values,n=t.data.get(s.dataId).values,[o,r]=Wn(p,a.shape,a.dtype,l,n,!0);return t.makeTensorInfo(r,a.dtype,o)}const Au={kernelName:vo,backendName:"cpu",kernelFunc:Wu};/**
 * @license
 * Copyright 2021 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Hu(u){const{inputs:c,backend:t}=u,{data:a,indices:e,segmentIds:s}=c;if(a.shape.length<1)throw new Error("Data should be at least 1 dimensional but received scalar");if(e.shape.length!==1)throw new Error(`Indices should be a vector but received shape
         ${e.shape}`);if(s.shape.length!==1)throw new Error(`Segment ids should be a vector but received shape
         ${s.shape}`);if(e.shape[0]!==s.shape[0])throw new Error("segmentIds and indices should have same size.");const p=t.data.get(a.dataId).values,l=t.data.get(e.dataId).values,n=t.data.get(s.dataId).values,[o,r]=Wn(p,a.shape,a.dtype,l,n);return t.makeTensorInfo(r,a.dtype,o)}const zu={kernelName:Co,backendName:"cpu",kernelFunc:Hu};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function $u(u){const{inputs:c,backend:t,attrs:a}=u,{sparseIndices:e,sparseValues:s,defaultValue:p}=c,{outputShape:l}=a,{sliceRank:n,numUpdates:o,sliceSize:r,strides:d,outputSize:i}=ke(s,e,l),f=!1,h=t.bufferSync(e);let m;switch(s.dtype){case"bool":{const g=t.bufferSync(s),I=!!t.data.get(p.dataId).values[0];m=Rt(h,g,l,i,r,o,n,d,I,f);break}case"float32":{const g=t.bufferSync(s),I=t.data.get(p.dataId).values[0];m=Rt(h,g,l,i,r,o,n,d,I,f);break}case"int32":{const g=t.bufferSync(s),I=t.data.get(p.dataId).values[0];m=Rt(h,g,l,i,r,o,n,d,I,f);break}case"string":{const g=t.bufferSync(s),I=Ee(t.data.get(p.dataId).values[0]);m=Rt(h,g,l,i,r,o,n,d,I,f);break}default:throw new Error(`Unsupported type ${s.dtype}`)}return t.makeTensorInfo(l,m.dtype,m.values)}const Ou={kernelName:No,backendName:"cpu",kernelFunc:$u};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Pu(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{numOrSizeSplits:s,axis:p}=a,l=pt(p,e.shape)[0],n=To(e,s,l),o=new Array(e.shape.length).fill(0),r=e.shape.slice();return n.map(d=>{const i=[...r];i[l]=d;const f=Vt({inputs:{x:e},backend:t,attrs:{begin:o,size:i}});return o[l]+=d,f})}const Eu={kernelName:wo,backendName:"cpu",kernelFunc:Pu};/**
 * @license
 * Copyright 2019 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Lu={kernelName:Mo,backendName:"cpu",kernelFunc:({inputs:u,backend:c})=>{const{x:t}=u,a=c;q(t,"square");const e=a.data.get(t.dataId).values,s=new Float32Array(e.length);for(let l=0;l<e.length;++l){const n=e[l];s[l]=n*n}return{dataId:a.write(s,t.shape,t.dtype),shape:t.shape,dtype:t.dtype}}};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Bu=Q(Mn,(u,c)=>{const t=c;return isNaN(u)?NaN:u>0?1:t.alpha}),Gu={kernelName:Mn,backendName:"cpu",kernelFunc:Bu};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function qu(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{begin:s,end:p,strides:l,beginMask:n,endMask:o,ellipsisMask:r,newAxisMask:d,shrinkAxisMask:i}=a;q(e,"stridedSlice");const{finalShapeSparse:f,finalShape:h,isIdentity:m,sliceDim0:g,isSimpleSlice:I,begin:k,end:y,strides:x}=Ro(e.shape,s,p,l,n,o,r,d,i);let b;if(m)b=nt({inputs:{x:e},backend:t,attrs:{shape:h}});else if(g||I){ct(e.shape.length>=1,()=>`Input must have rank at least 1, got: ${e.shape.length}`);const S=Do(k,y,x),v=Vt({inputs:{x:e},backend:t,attrs:{begin:k,size:S}});b=nt({inputs:{x:v},backend:t,attrs:{shape:h}}),t.disposeIntermediateTensorInfo(v)}else{const S=t.bufferSync(e),v=cr(f,S,x,k);b=t.makeTensorInfo(h,v.dtype,v.values)}return b}const Xu={kernelName:Fo,backendName:"cpu",kernelFunc:qu};/**
 * @license
 * Copyright 2021 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function ju(u){const{inputs:c,backend:t,attrs:a}=u,{separator:e,nGramWidths:s,leftPad:p,rightPad:l,padWidth:n,preserveShortSequences:o}=a,{data:r,dataSplits:d}=c,i=t.data.get(r.dataId).values,f=t.data.get(d.dataId).values,[h,m]=Wo(i,f,e,s,p,l,n,o);return[t.makeTensorInfo([h.length],"string",h),t.makeTensorInfo(d.shape,"int32",m)]}const _u={kernelName:Vo,backendName:"cpu",kernelFunc:ju};/**
 * @license
 * Copyright 2021 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Uu(u){const{inputs:c,backend:t,attrs:a}=u,{skipEmpty:e}=a,{input:s,delimiter:p}=c;if(s.dtype!=="string")throw new Error("Input must be of datatype string");if(s.shape.length!==1)throw new Error(`Input must be a vector, got shape: ${s.shape}`);if(p.shape.length!==0)throw new Error(`Delimiter must be a scalar, got shape: ${p.shape}`);const l=t.data.get(s.dataId).values,n=t.data.get(p.dataId).values[0],[o,r,d]=Ho(l,n,e),i=r.length;return[t.makeTensorInfo([i,2],"int32",o),t.makeTensorInfo([i],"string",r),t.makeTensorInfo([2],"int32",new Int32Array(d))]}const Yu={kernelName:Ao,backendName:"cpu",kernelFunc:Uu};/**
 * @license
 * Copyright 2021 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Ku(u){const{inputs:c,backend:t,attrs:a}=u,{numBuckets:e}=a,{input:s}=c;if(s.dtype!=="string")throw new Error("Input must be of datatype string");if(e<=0)throw new Error("Number of buckets must be at least 1");const p=t.data.get(s.dataId).values,l=$o(p,e);return t.makeTensorInfo(s.shape,"int32",l)}const Zu={kernelName:zo,backendName:"cpu",kernelFunc:Ku};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Ju=Q(Fn,u=>Math.tan(u)),Qu={kernelName:Fn,backendName:"cpu",kernelFunc:Ju};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const tp=Q(Rn,u=>Math.tanh(u)),ep={kernelName:Rn,backendName:"cpu",kernelFunc:tp};/**
 * @license
 * Copyright 2022 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function np(u){const{inputs:c,backend:t}=u,{tensor:a,indices:e,updates:s}=c,{sliceRank:p,numUpdates:l,sliceSize:n,strides:o,outputSize:r}=ke(s,e,a.shape),d=!1,i=t.bufferSync(e),f=t.bufferSync(s),h=t.bufferSync(a),m=Rt(i,f,a.shape,r,n,l,p,o,h,d);return t.makeTensorInfo(a.shape,m.dtype,m.values)}const sp={kernelName:Oo,backendName:"cpu",kernelFunc:np};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function ap(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{reps:s}=a;q(e,"tile");const p=lr(t.bufferSync(e),s);return t.makeTensorInfo(p.shape,p.dtype,p.values)}const op={kernelName:Po,backendName:"cpu",kernelFunc:ap};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function rp(u){const{inputs:c,backend:t,attrs:a}=u,{x:e}=c,{k:s,sorted:p}=a;q(e,"topk");const l=t.data.get(e.dataId).values,[n,o]=dr(l,e.shape,e.dtype,s,p);return[t.makeTensorInfo(n.shape,n.dtype,n.values),t.makeTensorInfo(o.shape,o.dtype,o.values)]}const ip={kernelName:Eo,backendName:"cpu",kernelFunc:rp};/**
 * @license
 * Copyright 2021 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function cp(u){const{inputs:c,attrs:t,backend:a}=u,{image:e,transforms:s}=c,{interpolation:p,fillMode:l,fillValue:n,outputShape:o}=t,[r,d,i,f]=e.shape,[h,m]=o??[d,i],g=[r,h,m,f],I=K(e.shape),k=I[0],y=I[1],x=I[2],b=K(g),S=b[0],v=b[1],C=b[2],T=vt(e.dtype,_(g));T.fill(n);const M=a.data.get(e.dataId).values,V=a.data.get(s.dataId).values;for(let N=0;N<r;++N){const F=s.shape[0]===1?V:V.subarray(N*8,N*8+8);for(let R=0;R<h;++R)for(let w=0;w<m;++w)for(let H=0;H<f;++H){let D;const W=F[6]*w+F[7]*R+1;if(W===0)continue;const $=(F[0]*w+F[1]*R+F[2])/W,z=(F[3]*w+F[4]*R+F[5])/W,E=Pe($,i,l),O=Pe(z,d,l);switch(p){case"nearest":D=hp(M,d,i,k,y,x,N,O,E,H,n);break;case"bilinear":D=mp(M,d,i,k,y,x,N,O,E,H,n);break;default:throw new Error(`Error in Transform: Expect 'nearest' or 'bilinear', but got ${p}`)}const L=N*S+R*v+w*C+H;T[L]=D}return a.makeTensorInfo(g,e.dtype,T)}return{dataId:a.write(T,g,e.dtype),shape:e.shape,dtype:e.dtype}}const lp={kernelName:Lo,backendName:"cpu",kernelFunc:cp};function Pe(u,c,t){switch(t){case"reflect":return dp(u,c);case"wrap":return up(u,c);case"nearest":return fp(u,c);case"constant":default:return pp(u)}}function dp(u,c){let t=u;if(t<0)if(c<=1)t=0;else{const a=2*c;t<a&&(t=a*Math.trunc(-t/a)+t),t=t<-c?t+a:-t-1}else if(t>c-1)if(c<=1)t=0;else{const a=2*c;t-=a*Math.trunc(t/a),t>=c&&(t=a-t-1)}return be(0,t,c-1)}function up(u,c){let t=u;if(t<0)if(c<=1)t=0;else{const a=c-1;t+=c*(Math.trunc(-t/a)+1)}else if(t>c-1)if(c<=1)t=0;else{const a=c-1;t-=c*Math.trunc(t/a)}return be(0,t,c-1)}function pp(u,c){return u}function fp(u,c){return be(0,u,c-1)}function Pt(u,c,t,a,e,s,p,l,n,o,r){const d=p*a+l*e+n*s+o;return 0<=l&&l<c&&0<=n&&n<t?u[d]:r}function hp(u,c,t,a,e,s,p,l,n,o,r){const d=Math.round(l),i=Math.round(n);return Pt(u,c,t,a,e,s,p,d,i,o,r)}function mp(u,c,t,a,e,s,p,l,n,o,r){const d=Math.floor(l),i=Math.floor(n),f=d+1,h=i+1,m=(h-n)*Pt(u,c,t,a,e,s,p,d,i,o,r)+(n-i)*Pt(u,c,t,a,e,s,p,d,h,o,r),g=(h-n)*Pt(u,c,t,a,e,s,p,f,i,o,r)+(n-i)*Pt(u,c,t,a,e,s,p,f,h,o,r);return(f-l)*m+(l-d)*g}/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the License);
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an AS IS BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function gp(u){const{inputs:c,attrs:t,backend:a}=u,{axis:e}=t,{x:s}=c;q(s,"unique");const p=a.data.get(s.dataId).values,{outputValues:l,outputShape:n,indices:o}=Go(p,e,s.shape,s.dtype);return[a.makeTensorInfo(n,s.dtype,l),a.makeTensorInfo([o.length],"int32",o)]}const xp={kernelName:Bo,backendName:"cpu",kernelFunc:gp};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function Ip(u){const{inputs:c,backend:t,attrs:a}=u,{value:e}=c;let{axis:s}=a;s<0&&(s+=e.shape.length);const p=e.shape.length,l=e.shape[s],n=new Array(p-1);let o=0;for(let f=0;f<p;f++)f!==s&&(n[o++]=e.shape[f]);const r=new Array(p).fill(0),d=e.shape.slice();d[s]=1;const i=new Array(l);for(let f=0;f<i.length;f++){r[s]=f;const h=Vt({inputs:{x:e},backend:t,attrs:{begin:r,size:d}});i[f]=nt({inputs:{x:h},backend:t,attrs:{shape:n}}),t.disposeIntermediateTensorInfo(h)}return i}const kp={kernelName:qo,backendName:"cpu",kernelFunc:Ip};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */function bp(u){const{inputs:c,backend:t,attrs:a}=u,{x:e,segmentIds:s}=c,{numSegments:p}=a;q(e,"unsortedSegmentSum");const l=e.shape.length,n=s.shape.length,o=[],r=[],d=l-n;let i=s;for(let h=0;h<d;++h){const m=te({inputs:{input:i},backend:t,attrs:{dim:h+1}});i=m,r.push(m)}for(let h=0;h<p;++h){const m=dn(h,"int32"),g=t.makeTensorInfo([],"int32",m),I=ur({inputs:{a:g,b:i},backend:t}),k=ye({inputs:{x:I},backend:t,attrs:{dtype:"float32"}}),y=Se({inputs:{a:k,b:e},backend:t}),x=qt({inputs:{x:y},backend:t,attrs:{axis:0,keepDims:!1}});o.push(x),r.push(g),r.push(I),r.push(k),r.push(y),r.push(x)}const f=Un({inputs:o,backend:t,attrs:{axis:0}});return r.forEach(h=>t.disposeIntermediateTensorInfo(h)),f}const yp={kernelName:Xo,backendName:"cpu",kernelFunc:bp};/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */const Sp=[gi,pr,Ii,bi,fr,Si,Ci,wi,Mi,Ri,Vi,Ai,zi,Pi,Li,qi,ji,Ui,Ki,hi,Ji,tc,nc,hr,ac,mr,gr,rc,xr,cc,dc,uc,fc,mc,xc,kc,yc,vc,Nc,Tc,Fc,Dc,Wc,Hc,zc,Oc,Ec,Bc,Gc,qc,Xc,_c,Kc,ii,Jc,Ir,rl,kr,il,br,fl,hl,gl,yr,Sr,Il,bl,Sl,Cl,vr,Cr,Nr,wl,lc,Ml,Rl,Vl,ci,wr,Tr,Al,Mr,zl,Pl,Ll,ql,jl,Ul,Yl,Fr,Zl,Ql,ed,sd,od,id,ld,Rr,ud,hd,xd,Dr,Vr,bd,vd,wd,Wr,Md,Rd,Dd,Yn,Hd,di,Ar,$d,Pd,Ld,Gd,Hr,de,Xd,ui,pi,fi,_d,Yd,Zd,Qd,eu,nu,au,zr,ru,uu,fu,xu,$r,ku,yu,vu,jo,md,wu,Mu,Ru,Vu,Au,zu,Ou,Eu,Or,Lu,Pr,Er,Gu,Xu,_u,Yu,Zu,Lr,Uc,Qu,ep,sp,op,ip,lp,Br,xp,kp,yp,Fd];for(const u of Sp)_o(u);export{oe as MathBackendCPU,Mp as shared,Np as version_cpu};
