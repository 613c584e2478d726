dclust doctor                                                    # which backends run here, and why the others do not
dclust run bootsc --data embeddings.npy --k 3 --epochs 2 --backend onnx,wasm,cpu --out runs/first-that-works
dclust run bootsc --data embeddings.npy --k 3 --backend onnx-cuda
npm install --ignore-scripts webgpu
dclust run bootsc --data embeddings.npy --k 3 --backend webgpu
