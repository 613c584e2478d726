dclust cluster embeddings.npy --k 3 --out runs/first   # picks a method, says why, and writes a report
dclust run kmeans --data points.csv --labels class --out runs/points
dclust compare runs/first runs/points
dclust list pipeline                                   # everything that can be called by name
dclust doctor                                          # which backends run here, and why the others do not
