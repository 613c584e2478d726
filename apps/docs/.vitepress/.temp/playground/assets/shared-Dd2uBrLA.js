import{d8 as ae,t as q,v as E,F as rt,G as V,x as A,d1 as W,bT as B,aV as $,d6 as re,W as K,d5 as le,dg as ce,aW as ie,dh as ue,dj as pe,d7 as Z,n as tt,d9 as lt,h as C,dI as ct,aU as F,dk as it,dm as ut,dn as pt,dp as dt,dq as ft,dr as mt,dt as ht,du as gt,dv as It,dw as wt,dx as kt,dy as xt,dz as bt,dl as yt,bi as de,dA as fe,df as Rt,da as me,V as he,aI as ge,dB as Ie,N as we,Q as ke,T as xe,X as be,dJ as ye,dK as Re,dL as Ee,dM as Te,dN as Se,B as ve,dO as Ne,dP as Fe,dQ as Me,dC as Et,ax as Ve,dD as Tt,dR as Ce,dS as De,dT as Ae,dU as qe,dV as Pe,dW as Oe,dX as Le,dY as $e,dZ as et,d_ as ze,d$ as je,e0 as We,dE as St,dF as vt,e1 as Nt,dG as Ft,e2 as O,at as _e,cc as Be,e3 as Ke,cL as Ge,cN as Ue,cP as Ze,cY as Xe}from"./worker-CX_OPvDl.js";/**
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
 */function Mt(n){const t=new Float32Array(n.length);for(let e=0;e<n.length;++e)t[e]=Math.abs(n[e]);return t}const He=n=>{const{x:t}=n.inputs,e=n.backend;q(t,"abs");let s=new Float32Array(E(t.shape));const o=e.data.get(t.dataId).values;return s=Mt(o),e.makeOutput(s,t.shape,t.dtype)},Qn={kernelName:ae,backendName:"cpu",kernelFunc:He};/**
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
 */function T(n){return(t,e,s,o,c)=>{const r=rt(t,e),l=r.length,a=V(r),i=E(r),u=A(c,i),p=t.length,h=e.length,g=V(t),m=V(e),w=W(t,r),d=W(e,r);if(w.length+d.length===0)for(let f=0;f<u.length;++f)u[f]=n(s[f%s.length],o[f%o.length]);else for(let f=0;f<u.length;++f){const I=B(f,l,a),x=I.slice(-p);w.forEach(R=>x[R]=0);const k=$(x,p,g),b=I.slice(-h);d.forEach(R=>b[R]=0);const y=$(b,h,m);u[f]=n(s[k],o[y])}return[u,r]}}/**
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
 */function G(n){const{inputs:t,backend:e}=n,{real:s,imag:o}=t,c=e.data.get(s.dataId).values,r=e.data.get(o.dataId).values,l=e.makeTensorInfo(s.shape,"complex64"),a=e.data.get(l.dataId);return a.complexTensorInfos={real:e.makeTensorInfo(s.shape,"float32",c),imag:e.makeTensorInfo(o.shape,"float32",r)},l}const Yn={kernelName:re,backendName:"cpu",kernelFunc:G};/**
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
 */function X(n,t,e="float32"){if(e==="complex64"){const o=X(n,t,"float32"),c=X(n,t,"float32");return G({inputs:{real:o,imag:c},backend:n})}const s=K(E(t),e);return n.makeTensorInfo(t,e,s)}/**
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
 */function H(n){const{inputs:t,backend:e}=n,{x:s}=t;return e.incRef(s.dataId),{dataId:s.dataId,shape:s.shape,dtype:s.dtype}}const Jn={kernelName:le,backendName:"cpu",kernelFunc:H};/**
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
 */function Vt(n){const{inputs:t,backend:e}=n,{input:s}=t,o=e.data.get(s.dataId).complexTensorInfos.real,c=e.data.get(o.dataId).values;return e.makeTensorInfo(o.shape,o.dtype,c)}const ts={kernelName:ce,backendName:"cpu",kernelFunc:Vt};/**
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
 */function Ct(n,t,e,s){if(s==="int32"){const o=Int32Array.from(n);return[t,"int32",o]}if(s==="bool"){const o=ie([0],e),[c,r]=T((l,a)=>l!==a?1:0)(t,[],n,o,"bool");return[r,"bool",c]}throw new Error(`Error in Cast: failed to cast ${e} to ${s}`)}function z(n){const{inputs:t,backend:e,attrs:s}=n,{x:o}=t,{dtype:c}=s;if(c==="complex64"){if(o.dtype==="complex64")return H({inputs:{x:o},backend:e});const u=X(e,o.shape,o.dtype),p=z({inputs:{x:o},backend:e,attrs:{dtype:"float32"}}),h=G({inputs:{real:p,imag:u},backend:e});return e.disposeIntermediateTensorInfo(u),e.disposeIntermediateTensorInfo(p),h}if(o.dtype==="complex64"){const u=Vt({inputs:{input:o},backend:e}),p=z({inputs:{x:u},backend:e,attrs:{dtype:c}});return e.disposeIntermediateTensorInfo(u),p}if(!pe(o.dtype,c)){const u=H({inputs:{x:o},backend:e});return{dataId:u.dataId,shape:u.shape,dtype:c}}const r=e.data.get(o.dataId).values,[l,a,i]=Ct(r,o.shape,o.dtype,c);return e.makeTensorInfo(l,a,i)}const es={kernelName:ue,backendName:"cpu",kernelFunc:z};/**
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
 */function S(n,t,e,s){return e==null?({inputs:o,backend:c})=>{const{a:r,b:l}=o,a=c;q([r,l],n);const i=a.data.get(r.dataId).values,u=a.data.get(l.dataId).values,p=r.dtype==="string"?Z(i):i,h=r.dtype==="string"?Z(u):u,g=s||r.dtype,[m,w]=t(r.shape,l.shape,p,h,g);return a.makeTensorInfo(w,g,m)}:({inputs:o,backend:c})=>{const{a:r,b:l}=o,a=c;if(r.dtype==="complex64"||l.dtype==="complex64"){const i=z({inputs:{x:r},backend:a,attrs:{dtype:"complex64"}}),u=a.data.get(i.dataId),p=u.complexTensorInfos.real,h=u.complexTensorInfos.imag,g=a.data.get(p.dataId).values,m=a.data.get(h.dataId).values,w=z({inputs:{x:l},backend:a,attrs:{dtype:"complex64"}}),d=a.data.get(w.dataId),f=d.complexTensorInfos.real,I=d.complexTensorInfos.imag,x=a.data.get(f.dataId).values,k=a.data.get(I.dataId).values,[b,y,R]=e(r.shape,l.shape,g,m,x,k),v=a.makeTensorInfo(R,"float32",b),P=a.makeTensorInfo(R,"float32",y),j=G({inputs:{real:v,imag:P},backend:a});return a.disposeIntermediateTensorInfo(i),a.disposeIntermediateTensorInfo(w),a.disposeIntermediateTensorInfo(v),a.disposeIntermediateTensorInfo(P),j}else{const i=a.data.get(r.dataId).values,u=a.data.get(l.dataId).values,p=s||r.dtype,[h,g]=t(r.shape,l.shape,i,u,p);return a.makeTensorInfo(g,p,h)}}}function Q(n){return(t,e,s,o,c,r)=>{const l=rt(t,e),a=E(l),i=l.length,u=V(l),p=A("float32",a),h=A("float32",a),g=W(t,l),m=W(e,l),w=tt(s,o),d=tt(c,r),f=t.length,I=V(t),x=e.length,k=V(e);if(g.length+m.length===0)for(let b=0;b<p.length;b++){const y=b%w.length,R=b%d.length,v=n(w[y*2],w[y*2+1],d[R*2],d[R*2+1]);p[b]=v.real,h[b]=v.imag}else for(let b=0;b<p.length;b++){const y=B(b,i,u),R=y.slice(-f);g.forEach(U=>R[U]=0);const v=$(R,f,I),P=y.slice(-x);m.forEach(U=>P[U]=0);const j=$(P,x,k),J=n(w[v*2],w[v*2+1],d[j*2],d[j*2+1]);p[b]=J.real,h[b]=J.imag}return[p,h,l]}}/**
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
 */const Dt=T(((n,t)=>n+t)),Qe=Q(((n,t,e,s)=>({real:n+e,imag:t+s}))),Ye=S(lt,Dt,Qe),ns={kernelName:lt,backendName:"cpu",kernelFunc:Ye};/**
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
 */function Je(n,t,e,s,o){const c=E(s),r=K(o,e);for(let l=0;l<n.length;l++){const a=n[l];if(a<0)throw new Error("Input x must be non-negative!");a>=o||(c>0?r[a]+=t[l]:r[a]+=1)}return r}function tn(n,t,e,s=!1){const o=n.shape[0],c=n.shape[1],r=C([o,e],t.dtype);for(let l=0;l<o;l++)for(let a=0;a<c;a++){const i=n.get(l,a);if(i<0)throw new Error("Input x must be non-negative!");i>=e||(s?r.set(1,l,i):t.size>0?r.set(r.get(l,i)+t.get(l,a),l,i):r.set(r.get(l,i)+1,l,i))}return r}/**
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
 */const At=T(((n,t)=>n&t)),en=S(ct,At),ss={kernelName:ct,backendName:"cpu",kernelFunc:en};/**
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
 */function M(n){return(t,e,s)=>{const o=F(e,t.length);for(let c=0;c<t.length;++c)o[c]=n(t[c],s);return o}}/**
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
 */function qt(n,t,e){const s=M(t);return D(n,s,e)}function D(n,t,e){return({inputs:s,attrs:o,backend:c})=>{const{x:r}=s;q(r,n);const l=c,a=l.data.get(r.dataId).values;let i;if(r.dtype==="string"){if(!Array.isArray(a))throw new Error("String tensor's value was not an instance of Array");i=Z(a)}else i=a;const u=e||r.dtype,p=t(i,u,o);return l.makeTensorInfo(r.shape,u,p)}}/**
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
 */const Pt=M(n=>Math.ceil(n)),nn=D(it,Pt),os={kernelName:it,backendName:"cpu",kernelFunc:nn};/**
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
 */const Ot=T((n,t)=>n===t?1:0),sn=S(ut,Ot,null,"bool"),as={kernelName:ut,backendName:"cpu",kernelFunc:sn};/**
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
 */const Lt=M(n=>Math.exp(n)),on=D(pt,Lt,"float32"),rs={kernelName:pt,backendName:"cpu",kernelFunc:on};/**
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
 */const $t=M(n=>Math.expm1(n)),an=D(dt,$t),ls={kernelName:dt,backendName:"cpu",kernelFunc:an};/**
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
 */const zt=M(n=>Math.floor(n)),rn=D(ft,zt),cs={kernelName:ft,backendName:"cpu",kernelFunc:rn};/**
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
 */const jt=T((n,t)=>Math.floor(n/t)),ln=S(mt,jt,null,"int32"),is={kernelName:mt,backendName:"cpu",kernelFunc:ln};/**
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
 */function cn(n,t,e,s,o,c,r,l,a){const i=C([s,c],e);for(let u=0;u<s;u++){const p=[];let h=0;for(let g=0;g<o;g++){const m=n[u*o+g];h+=m*r[g],p.push(m)}if(h<0||h>=a/c)throw new Error(`Invalid indices: ${p} does not index into ${l}`);for(let g=0;g<c;g++)i.values[u*c+g]=t.get(...t.indexToLoc(h*c+g))}return i}/**
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
 */function un(n,t,e){const s=C(e,n.dtype);for(let o=0;o<s.size;++o){const r=s.indexToLoc(o).slice(),l=r[0],a=r[2],i=t.locToIndex([l,a]);r[2]=t.values[i];const u=n.locToIndex(r);0<=u&&u<n.values.length&&(s.values[o]=n.values[u])}return s}/**
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
 */const Wt=T((n,t)=>n>t?1:0),pn=S(ht,Wt,null,"bool"),us={kernelName:ht,backendName:"cpu",kernelFunc:pn};/**
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
 */const _t=T((n,t)=>n>=t?1:0),dn=S(gt,_t,null,"bool"),ps={kernelName:gt,backendName:"cpu",kernelFunc:dn};/**
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
 */const Bt=T((n,t)=>n<t?1:0),fn=S(It,Bt,null,"bool"),ds={kernelName:It,backendName:"cpu",kernelFunc:fn};/**
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
 */const Kt=T((n,t)=>n<=t?1:0),mn=S(wt,Kt,null,"bool"),fs={kernelName:wt,backendName:"cpu",kernelFunc:mn};/**
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
 */function hn(n,t,e){const s=(t-n)/(e-1),o=K(e,"float32");o[0]=n;for(let c=1;c<o.length;c++)o[c]=o[c-1]+s;return o}/**
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
 */const Gt=M(n=>Math.log(n)),gn=D(kt,Gt),ms={kernelName:kt,backendName:"cpu",kernelFunc:gn};/**
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
 */function In(n,t,e,s){const o=A(s,E(e));for(let c=0;c<o.length;++c){const r=c*t;let l=n[r];for(let a=0;a<t;++a){const i=n[r+a];(Number.isNaN(i)||i>l)&&(l=i)}o[c]=l}return o}/**
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
 */const Ut=T(((n,t)=>Math.max(n,t))),wn=S(xt,Ut),hs={kernelName:xt,backendName:"cpu",kernelFunc:wn};/**
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
 */const Zt=T(((n,t)=>Math.min(n,t))),kn=S(bt,Zt),gs={kernelName:bt,backendName:"cpu",kernelFunc:kn};/**
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
 */const Y=T(((n,t)=>n*t)),xn=Q(((n,t,e,s)=>({real:n*e-t*s,imag:n*s+t*e}))),bn=S(yt,Y,xn),Is={kernelName:yt,backendName:"cpu",kernelFunc:bn};/**
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
 */function Xt(n,t,e){const s=de(-1,e);return Y([],t,s,n,e)}function yn(n){const{inputs:t,backend:e}=n,{x:s}=t;q(s,"neg");const o=e.data.get(s.dataId).values,[c,r]=Xt(o,s.shape,s.dtype);return e.makeTensorInfo(r,s.dtype,c)}const ws={kernelName:fe,backendName:"cpu",kernelFunc:yn};/**
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
 */const Ht=T(((n,t)=>n!==t?1:0)),Rn=S(Rt,Ht,null,"bool"),ks={kernelName:Rt,backendName:"cpu",kernelFunc:Rn};/**
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
 */function Qt(n,t,e,s,o){const c=t.length,r=E(t),l=V(t),a=V(o),i=A(e,E(o));for(let u=0;u<r;++u){const p=B(u,c,l),h=new Array(p.length);for(let m=0;m<h.length;m++)h[m]=p[s[m]];const g=$(h,c,a);i[g]=n[u]}return i}/**
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
 */function Yt(n){const{inputs:t,attrs:e,backend:s}=n,{x:o}=t,{perm:c}=e;q(o,"transpose");const r=o.shape.length,l=new Array(r);for(let p=0;p<l.length;p++)l[p]=o.shape[c[p]];const a=s.data.get(o.dataId).values,i=Qt(a,o.shape,o.dtype,c,l);return{dataId:s.write(i,l,o.dtype),shape:l,dtype:o.dtype}}const xs={kernelName:me,backendName:"cpu",kernelFunc:Yt};/**
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
 */function Jt(n,t,e,s){const[o,c]=he(n,s),r=ge(t,"int32"),l=K(E(o),r),a=E(c);for(let i=0;i<l.length;++i){const u=i*a;let p=1;for(let h=0;h<a;++h)p*=e[u+h];l[i]=p}return{outVals:l,outShape:o,outDtype:r}}function En(n){const{inputs:t,backend:e,attrs:s}=n,{x:o}=t,{axis:c,keepDims:r}=s;q(o,"prod");const l=o.shape.length,a=we(c,o.shape),i=ke(a,l);let u=a,p=o;const h=[];i!=null&&(p=Yt({inputs:{x:o},backend:e,attrs:{perm:i}}),h.push(p),u=xe(u.length,l));const g=e.data.get(p.dataId).values,{outVals:m,outShape:w,outDtype:d}=Jt(p.shape,p.dtype,g,u);let f=w;return r&&(f=be(w,a)),h.forEach(I=>e.disposeIntermediateTensorInfo(I)),e.makeTensorInfo(f,d,m)}const bs={kernelName:Ie,backendName:"cpu",kernelFunc:En};/**
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
 */function Tn(n,t,e){n.forEach((s,o)=>{if(s<0||s>=e){const c=B(o,t.length,V(t)).join(",");throw new Error(`indices[${c}] = ${s} is not in [0, ${e})`)}})}function Sn(n,t){for(let e=0;e<n.length;++e){const s=n[e],o=e===n.length-1?t:n[e+1].length;if(s.length===0)throw new Error("Ragged splits may not be empty");if(s[0]<0)throw new Error("Ragged splits must be non-negative");if(s[s.length-1]>o)throw new Error("Ragged splits must not point past values");for(let c=1;c<s.length;++c)if(s[c-1]>s[c])throw new Error("Ragged splits must be sorted in ascending order")}}function vn(n,t,e,s){const o=[];let c=0;const r=t.length-1+e.length,l=new Array(r).fill(null).map(()=>[0]);Sn(e,s);let a=1;for(let i=0;i<t.length-1;++i){a*=t[i];const u=t[i+1];for(let p=1;p<a+1;++p)l[i].push(p*u)}for(let i=0;i<n.length;++i){let u=n[i],p=n[i]+1;for(let h=0;h<e.length;++h){const g=e[h],m=h+t.length-1;if(m>=0){const w=l[m],d=w[w.length-1]-g[u];for(let f=u;f<p;++f)l[m].push(g[f+1]+d)}u=g[u],p=g[p]}p!==u&&(o.push([u,p]),c+=p-u)}return{outSplits:l,valueSlices:o,numValues:c}}function Nn(n){const t=[];for(let e=0;e<n.length;++e){const s=n[e].length,o=F("int32",s);t.push(o),n[e].forEach((c,r)=>o[r]=c)}return t}function nt(n,t){const e=n.slice(0,t);for(;e.length<t;)e.push(1);for(let s=t;s<n.length;s++)e[t-1]*=n[s];return e}function Fn(n,t,e,s,o,c){const r=nt(t,2)[1],l=nt(c,2)[1];let a=0;for(const i of e)for(let u=i[0];u<i[1];++u){for(let p=0;p<s;++p)o[a*l+p]=n[u*r+p];++a}}function Mn(n,t,e,s,o){const c=t.slice();c[0]=o;const r=F(e,E(c)),l=n.length,a=l===0?0:l/t[0];return Fn(n,t,s,a,r,c),[r,c]}function Vn(n,t,e,s,o,c,r,l){if(n.length===0)throw new Error("paramsNestedSplits must be non empty");if(t[0].length===0)throw new Error("Split tensors must not be scalars");const a=t[0][0]-1;if(Tn(c,r,a),s.length===0)throw new Error("params.rank must be nonzero");const i=s[0],{outSplits:u,valueSlices:p,numValues:h}=vn(c,r,n,i),g=Nn(u),m=Mn(e,s,o,p,h);return[g,m[0],m[1]]}/**
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
 */const st=2147483647;function Cn(n,t,e,s,o,c,r){if(t.length>1)throw new Error("starts must be a scalar or vector");if(o.length>1)throw new Error("limits must be a scalar or vector");if(r.length>1)throw new Error("deltas must be a scalar or vector");const l=t.length===0,a=o.length===0,i=r.length===0,u=[];l||u.push(t[0]),a||u.push(o[0]),i||u.push(r[0]);for(let d=1;d<u.length;++d)if(u[d]!==u[d-1])throw new Error("starts, limits, and deltas must have the same shape");const p=u.length===0?1:u[0],h=F("int32",p+1);h[0]=0;for(let d=0;d<p;++d){const f=l?n[0]:n[d],I=a?s[0]:s[d],x=i?c[0]:c[d];if(x===0)throw new Error("Requires delta != 0");let k;if(x>0&&I<f||x<0&&I>f)k=0;else if(k=Math.ceil(Math.abs((I-f)/x)),k>st)throw new Error(`Requires ((limit - start) / delta) <= ${st}`);h[d+1]=h[d]+k}const g=h[p],m=F(e,g);let w=0;for(let d=0;d<p;++d){const f=h[d+1]-h[d];let I=l?n[0]:n[d];const x=i?c[0]:c[d];for(let k=0;k<f;++k)m[w++]=I,I+=x}return[h,m]}/**
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
 */var N=Ee;class _{constructor(t,e,s,o,c,r,l,a,i,u){this.shape=t,this.shapeShape=e,this.values=s,this.valuesShape=o,this.valuesDType=c,this.defaultValue=r,this.defaultValueShape=l,this.rowPartitionValues=a,this.rowPartitionValuesShapes=i,this.rowPartitionTypes=ye(u),this.raggedRank=Re(this.rowPartitionTypes)}getRowPartitionTypeByDimension(t){return this.rowPartitionTypes[0]===N.FIRST_DIM_SIZE?this.rowPartitionTypes[t+1]:this.rowPartitionTypes[t]}getRowPartitionTensor(t){return this.rowPartitionTypes[0]===N.FIRST_DIM_SIZE?this.rowPartitionValues[t+1]:this.rowPartitionValues[t]}getMaxWidth(t){const e=this.getRowPartitionTensor(t-1);switch(this.getRowPartitionTypeByDimension(t-1)){case N.VALUE_ROWIDS:return _.getMaxWidthValueRowID(e);case N.ROW_SPLITS:return _.getMaxWidthRowSplit(e);default:throw new Error(`Cannot handle partition type ${N[this.getRowPartitionTypeByDimension(t-1)]}`)}}static getMaxWidthRowSplit(t){const e=t.length;if(e===0||e===1)return 0;let s=0;for(let o=0;o<e-1;++o){const c=t[o+1]-t[o];c>s&&(s=c)}return s}static getMaxWidthValueRowID(t){const e=t.length;if(e===0)return 0;let s=0,o=t[0],c=0;for(let r=1;r<e;++r){const l=t[r];l!==o&&(o=l,c=Math.max(r-s,c),s=r)}return Math.max(e-s,c)}tensorShapeFromTensor(t,e,s=!0){if(e.length===0){if(t[0]===-1)return[];throw new Error("The only valid scalar shape tensor is the fully unknown shape specified as -1.")}return at(t,s)}calculateOutputSize(t){const e=this.valuesShape,s=this.defaultValueShape;Te(s,e);const o=this.tensorShapeFromTensor(this.shape,this.shapeShape),r=Se(this.raggedRank,o,e);r[0]<0&&(r[0]=t);for(let l=1;l<=this.raggedRank;++l)r[l]<0&&(r[l]=this.getMaxWidth(l));return r}calculateFirstParentOutputIndex(t,e,s){const o=Math.min(t,s),c=[];let r=0;for(let l=0;l<o;++l,r+=e)c.push(r);for(let l=o;l<t;++l)c.push(-1);return ve(c.length===t,()=>"Final length of result must be equal to firstDimension."),c}calculateOutputIndexRowSplit(t,e,s,o){const c=t.length,r=[];for(let l=0;l<c-1;++l){const a=t[l+1]-t[l];let i=Math.min(o,a),u=e[l];u===-1&&(i=0);for(let p=0;p<i;++p)r.push(u),u+=s;for(let p=0;p<a-i;++p)r.push(-1)}if(c>0&&r.length!==t[c-1])throw new Error("Invalid row split size.");return r}calculateOutputIndexValueRowID(t,e,s,o){const c=t.length,r=[];if(c===0)return[];let l=0,a=t[0];if(a>=e.length)throw new Error(`Got currentValueRowId=${a}, which is not less than ${e.length}`);let i=e[a];r.push(i);for(let u=1;u<c;++u){const p=t[u];if(p===a)i>=0&&(++l,l<o?i+=s:i=-1);else{if(l=0,a=p,p>=e.length)throw new Error(`Got nextValueRowId=${p} which is not less than ${e.length}`);i=e[p]}r.push(i)}if(r.length!==t.length)throw new Error("Invalid row ids.");return r}calculateOutputIndex(t,e,s,o){const c=this.getRowPartitionTensor(t),r=this.getRowPartitionTypeByDimension(t);switch(r){case N.VALUE_ROWIDS:return this.calculateOutputIndexValueRowID(c,e,s,o);case N.ROW_SPLITS:if(c.length-1>e.length)throw new Error(`Row partition size is greater than output size: ${c.length-1} > ${e.length}`);return this.calculateOutputIndexRowSplit(c,e,s,o);default:throw new Error(`Unsupported partition type: ${N[r]}`)}}getFirstDimensionSize(){const t=this.rowPartitionValues[0];if(this.rowPartitionTypes.length===0)throw new Error("No row_partition_types given.");const e=this.rowPartitionTypes[0];switch(e){case N.FIRST_DIM_SIZE:return t[0];case N.VALUE_ROWIDS:throw new Error("Cannot handle VALUE_ROWIDS in first dimension.");case N.ROW_SPLITS:return this.rowPartitionValuesShapes[0][0]-1;default:throw new Error(`Cannot handle type ${N[e]}`)}}compute(){if(this.rowPartitionValues[0].length<=0)throw new Error("Invalid first partition input. Tensor requires at least one element.");const e=this.getFirstDimensionSize(),s=this.calculateOutputSize(e),o=new Array(this.raggedRank+1);o[o.length-1]=1;for(let a=o.length-2;a>=0;--a)o[a]=o[a+1]*s[a+1];const c=at(s,!1),r=F(this.valuesDType,E(c));if(o[0]*s[0]>0){let a=this.calculateFirstParentOutputIndex(e,o[0],s[0]);for(let i=1;i<=this.raggedRank;++i)a=this.calculateOutputIndex(i-1,a,o[i],s[i]);this.setOutput(this.raggedRank,a,r,c)}return[c,r]}setOutput(t,e,s,o){if(s.length===0)return;const c=this.values,r=s;let l=o.slice();l=l.slice(t+1);const a=E(l),i=e.length;let u=this.defaultValue;if(u.length!==a&&u.length!==1){const m=this.defaultValueShape;Ne(()=>{const w=Fe(u,m);u=Me(w,l).dataSync()})}let p=0,h=0,g=0;for(let m=0;m<=i;++m){let w=m<i?e[m]:-1;if(w===g){++g;continue}if(h<g){const d=c.subarray(p*a),f=r.subarray(h*a),I=(g-h)*a;ot(f,d,I)}if(m>=i){const d=s.length;w=Math.floor(d/a)}if(w>g)if(this.defaultValue.length===1)r.subarray(g*a,w*a).fill(this.defaultValue[0]),g=w;else for(;w>g;){const d=r.slice(g*a);ot(d,u,a),++g}w<0?(p=m+1,h=g):(p=m,h=g,g=h+1)}}}function ot(n,t,e){for(let s=0;s<e;s++)n[s]=t[s]}function at(n,t){const e=[];for(let s of n){if(s<0){if(!t)throw new Error(`Dimension ${s} must be >= 0`);if(s<-1)throw new Error(`Dimension ${s} must be >= -1`);s=-1}e.push(s)}return e}function Dn(n,t,e,s,o,c,r,l,a,i){return new _(n,t,e,s,o,c,r,l,a,i).compute()}/**
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
 */const te=M(n=>1/Math.sqrt(n)),An=D(Et,te),ys={kernelName:Et,backendName:"cpu",kernelFunc:An};/**
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
 */function qn(n,t,e,s,o,c,r,l,a,i){const u=[s/o,o],p=n.values,h=t.values;if(s===0)return C(e,t.dtype);const g=a instanceof Ve?a:C(u,t.dtype);typeof a=="string"||typeof a=="number"?g.values.fill(a):typeof a=="boolean"&&g.values.fill(+a);for(let m=0;m<c;m++){const w=[];let d=0;for(let f=0;f<r;f++){const I=p[m*r+f];w.push(I),d+=I*l[f]}if(d<0||d>=s/o)throw new Error(`Invalid indices: ${w} does not index into ${e}`);for(let f=0;f<o;f++)i?g.values[d*o+f]+=h[m*o+f]:g.values[d*o+f]=t.rank===0?h[0]:h[m*o+f]}return g}/**
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
 */const Pn=M(n=>1/(1+Math.exp(-n))),On=qt(Tt,n=>1/(1+Math.exp(-n))),Rs={kernelName:Tt,backendName:"cpu",kernelFunc:On};/**
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
 */function Ln(n,t,e,s,o,c,r){const l=t[0],a=c[0],i=new Array(a),u=new Array(l),p=t[1];if(a===0){if(l!==0)throw new Error(Ce(l));const d=F(e,0),f=F(o,0);return[d,[0,p],f,i,u]}let h=!0,g=0;const m=new Array(a).fill(0);for(let d=0;d<l;++d){const f=n[d*p];if(f<0)throw new Error(De(d,f));if(f>=a)throw new Error(Ae(d,f,a));++m[f],h=h&&f>=g,g=f}let w=!0;for(let d=0;d<a;++d){const f=m[d]===0;i[d]=f,w=w&&!f,m[d]=Math.max(m[d],1),d>0&&(m[d]+=m[d-1])}if(w&&h){const d=n,f=s;for(let I=0;I<l;++I)u[I]=I;return[d,[l,p],f,i,u]}else{const d=m[a-1],f=F(e,d*p),I=F(o,d),x=new Array(a).fill(0);for(let k=0;k<l;++k){const b=n[k*p],y=x[b],R=(b===0?0:m[b-1])+y;x[b]++;for(let v=0;v<p;++v)f[R*p+v]=n[k*p+v];I[R]=s[k],u[k]=R}for(let k=0;k<a;++k)if(x[k]===0){const y=k===0?0:m[k-1];f[y*p+0]=k;for(let R=1;R<p;++R)f[y*p+R]=0;I[y]=r}return[f,[d,p],I,i,u]}}/**
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
 */function $n(n,t,e,s,o){const c=E(s),r=t[0],l=o.length,a=[];let i=1,u=-1;for(let d=0;d<l;++d){const f=o[d];if(f===-1){if(u!==-1)throw new Error(qe(u,d));u=d,a.push(1)}else{if(f<0)throw new Error(Pe(d,f));i*=f,a.push(f)}}if(u!==-1){if(i<=0)throw new Error(Oe());const d=Math.trunc(c/i);if(i*d!==c)throw new Error(Le(s,a));a[u]=d}if(E(a)!==c)throw new Error($e(s,a));const h=s.length,g=[];if(h>0){g[h-1]=1;for(let d=h-2;d>=0;--d)g[d]=g[d+1]*s[d+1]}const m=[];if(l>0){m[l-1]=1;for(let d=l-2;d>=0;--d)m[d]=m[d+1]*a[d+1]}const w=F(e,r*l);for(let d=0;d<r;++d){let f=0;for(let I=0;I<h;++I)f+=n[d*h+I]*g[I];for(let I=0;I<l;++I)w[d*l+I]=Math.trunc(f/m[I]),f%=m[I]}return[w,[r,l],a]}/**
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
 */function zn(n,t,e,s,o,c=!1,r=0){const l=s.length,a=[t[0],n.length/t[0]],i=a[1],p=l>0?o[l-1]+1:0;if(p<0)throw new Error(et());const h=t.slice();h[0]=p;const g=h.reduce((x,k)=>x*k,1),m=F(e,g);if(l===0)return p>0&&m.fill(r),[m,h];if(p<=0)throw new Error(et());let w=0,d=1,f=0,I=o[w];for(;;){let x=0;if(d<l){if(x=o[d],I===x){++d;continue}if(I>=x)throw new Error(ze())}if(I<0||I>=p)throw new Error(je(I,p));I>f&&m.fill(r,f*i,I*i);for(let k=w;k<d;++k){const b=s[k];if(b<0||b>=a[0])throw new Error(We(k,s[k],a[0]));for(let y=0;y<i;y++)m[I*i+y]+=n[b*i+y]}if(c)for(let k=0;k<i;k++)m[I*i+k]/=d-w;if(w=d,++d,f=I+1,I=x,d>l)break}return f<p&&m.fill(r,f*i,p*i),[m,h]}/**
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
 */const jn=M(n=>Math.sqrt(n)),Wn=qt(St,n=>Math.sqrt(n)),Es={kernelName:St,backendName:"cpu",kernelFunc:Wn};/**
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
 */const ee=T(((n,t)=>{const e=n-t;return e*e})),_n=S(vt,ee),Ts={kernelName:vt,backendName:"cpu",kernelFunc:_n};/**
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
 */const ne=M((n,t)=>{const{pattern:e,replaceGlobal:s,rewrite:o}=t;return n.replace(new RegExp(e,s?"g":""),o)}),Bn=D(Nt,ne),Ss={kernelName:Nt,backendName:"cpu",kernelFunc:Bn};/**
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
 */function Kn(n,t,e,s){const o=C(n,t.dtype);for(let c=0;c<o.size;c++){const r=o.indexToLoc(c),l=new Array(r.length);for(let a=0;a<l.length;a++)l[a]=r[a]*e[a]+s[a];o.set(t.get(...l),...r)}return o}/**
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
 */const se=T(((n,t)=>n-t)),Gn=Q(((n,t,e,s)=>({real:n-e,imag:t-s}))),Un=S(Ft,se,Gn),vs={kernelName:Ft,backendName:"cpu",kernelFunc:Un};/**
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
 */function Zn(n,t){const e=new Array(n.rank);for(let o=0;o<e.length;o++)e[o]=n.shape[o]*t[o];const s=C(e,n.dtype);for(let o=0;o<s.values.length;++o){const c=s.indexToLoc(o),r=new Array(n.rank);for(let a=0;a<r.length;a++)r[a]=c[a]%n.shape[a];const l=n.locToIndex(r);s.values[o]=n.values[l]}return s}/**
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
 */const L=(n,t)=>{const e=t.value-n.value;return e===0?n.index-t.index:e};function oe(n,t,e=0,s=n.length-1){for(;s>e;){if(s-e>600){const l=s-e+1,a=t-e+1,i=Math.log(l),u=.5*Math.exp(2*i/3),p=.5*Math.sqrt(i*u*(l-u)/l)*Math.sign(a-l/2),h=Math.max(e,Math.floor(t-a*u/l+p)),g=Math.min(s,Math.floor(t+(l-a)*u/l+p));oe(n,t,h,g)}const o=n[t];let c=e,r=s;for(O(n,e,t),L(n[s],o)>0&&O(n,e,s);c<r;){for(O(n,c,r),c++,r--;L(n[c],o)<0;)c=c+1;for(;L(n[r],o)>0;)r=r-1}L(n[e],o)===0?O(n,e,r):(r=r+1,O(n,r,s)),r<=t&&(e=r+1),t<=r&&(s=r-1)}}function Xn(n,t,e,s,o){const c=t[t.length-1],[r,l]=[n.length/c,c],a=A(e,r*s),i=A("int32",r*s);for(let p=0;p<r;p++){const h=p*l,g=n.subarray(h,h+l);let m=new Array(g.length);g.forEach((I,x)=>m[x]={value:I,index:x}),s<m.length&&(oe(m,s),m=m.slice(0,s)),o&&m.sort(L);const w=p*s,d=a.subarray(w,w+s),f=i.subarray(w,w+s);for(let I=0;I<s;I++)d[I]=m[I].value,f[I]=m[I].index}const u=t.slice();return u[u.length-1]=s,[C(u,e,a),C(u,"int32",i)]}/**
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
 */var Ns=Object.freeze({__proto__:null,addImpl:Dt,bincountImpl:Je,bincountReduceImpl:tn,bitwiseAndImpl:At,castImpl:Ct,ceilImpl:Pt,concatImpl:_e,equalImpl:Ot,expImpl:Lt,expm1Impl:$t,floorDivImpl:jt,floorImpl:zt,gatherNdImpl:cn,gatherV2Impl:un,greaterEqualImpl:_t,greaterImpl:Wt,lessEqualImpl:Kt,lessImpl:Bt,linSpaceImpl:hn,logImpl:Gt,maxImpl:In,maximumImpl:Ut,minimumImpl:Zt,multiplyImpl:Y,negImpl:Xt,notEqualImpl:Ht,prodImpl:Jt,raggedGatherImpl:Vn,raggedRangeImpl:Cn,raggedTensorToTensorImpl:Dn,rangeImpl:Be,rsqrtImpl:te,scatterImpl:qn,sigmoidImpl:Pn,simpleAbsImpl:Mt,sliceImpl:Ke,sparseFillEmptyRowsImpl:Ln,sparseReshapeImpl:$n,sparseSegmentReductionImpl:zn,sqrtImpl:jn,squaredDifferenceImpl:ee,staticRegexReplaceImpl:ne,stridedSliceImpl:Kn,stringNGramsImpl:Ge,stringSplitImpl:Ue,stringToHashBucketFastImpl:Ze,subImpl:se,tileImpl:Zn,topKImpl:Xn,transposeImpl:Qt,uniqueImpl:Xe});export{ks as $,$n as A,zn as B,Kn as C,Zn as D,Xn as E,sn as F,Qn as G,ns as H,ss as I,es as J,os as K,Yn as L,as as M,rs as N,ls as O,cs as P,is as Q,us as R,ps as S,Jn as T,ds as U,fs as V,ms as W,hs as X,gs as Y,Is as Z,ws as _,Ye as a,bs as a0,ts as a1,ys as a2,Rs as a3,Es as a4,Ts as a5,Ss as a6,vs as a7,xs as a8,Ns as a9,S as b,T as c,Je as d,G as e,tn as f,z as g,Un as h,H as i,cn as j,un as k,hn as l,bn as m,Qt as n,In as o,on as p,Vn as q,Vt as r,On as s,Yt as t,qt as u,Cn as v,Dn as w,qn as x,Ln as y,X as z};
