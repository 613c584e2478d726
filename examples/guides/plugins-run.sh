dclust run bootsc --plugin ./plugin-brier --set 'options.loss={"name":"brier","options":{"weight":2}}'
dclust run agreement --plugin ./plugin-brier --data embeddings.npy --k 20
