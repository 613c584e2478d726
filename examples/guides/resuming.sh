dclust run bootsc --data embeddings.npy --k 3 --epochs 4 --out runs/long   # Ctrl-C stops it after the step at hand
dclust run --out runs/long --resume                              # goes on from the last checkpoint
dclust report runs/long                                          # draws the report again
