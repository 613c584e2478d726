dclust run sp2ot --data embeddings.npy --k 3 --epochs 2 --out runs/soft-sizes
dclust run otdc --data embeddings.npy --k 3 --set 'options.sizes=[30,20,10]' --epochs 2 --out runs/given-sizes
dclust run leiden --data embeddings.npy --out runs/leiden        # has no prior on sizes at all
