npm install --global --ignore-scripts @dc/cli
