npm start                                              # installs, builds, clusters 1,797 real handwritten digits
npm test                                               # installs if needed, builds, runs every test
npm start -- cluster embeddings.npy --k 20             # your own rows
