dclust cluster photos --k 3 --out runs/photos                    # the encoder ships with it: no download, no GPU
dclust predict runs/photos photos --out new.csv                  # through the same encoder, or not at all
dclust report runs/photos --copy-to sorted                       # a folder for each cluster
dclust extract photos --encoder efficientnet-lite0 --out photos-features.npy
dclust cluster photos --encoder dinov2.onnx --k 3                # a model of your own
