dclust cluster embeddings.npy --out runs/auto                 # weighs several signals; k-curve.json and the report show them
dclust run leiden --data embeddings.npy --out runs/leiden     # finds the number by itself
dclust sweep kmeans --data embeddings.npy --grid k=2,3,4 --out runs/k
