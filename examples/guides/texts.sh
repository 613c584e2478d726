npm install --ignore-scripts @huggingface/transformers
dclust cluster reviews.csv --text comment --k 3                  # by all-minilm-l6-v2, English
dclust cluster reviews.csv --text comment --encoder multilingual-e5-small
dclust cluster reviews.csv --text comment --encoder models/all-minilm-l6-v2   # the folder of a model: no network
