dclust sweep kmeans --data embeddings.npy --grid k=2,3 --seeds 2 --jobs 2 --out runs/here     # this machine alone
redis-server --appendonly yes --maxmemory-policy noeviction      # once, where all machines reach it
dclust worker --queue redis://host:6379 --concurrency 2          # on each machine
dclust sweep bootsc --data /shared/points.npy --k 5 --grid lr=0.01,0.04 --seeds 8 --queue redis://host:6379 --out /shared/sweep
dclust extract photos --encoder efficientnet-lite0 --out /shared/features --queue redis://host:6379
dclust queue --queue redis://host:6379                           # jobs, workers, failures, time left
