dclust cluster embeddings.npy --k 3 --out runs/mine
dclust predict runs/mine more.npy                                # CSV on stdout
dclust predict runs/mine more.npy --json --out more.json
