dclust cluster embeddings.npy --k 3 --out runs/mine       # consensus or bootsc, beside k-means, spectral clustering, Leiden
dclust cluster points.csv --labels class --out runs/points  # a column of true classes: for counting and scoring only
dclust run kmeans --data embeddings.npy --k 3 --out runs/kmeans
dclust compare runs/mine runs/kmeans
