npm install --ignore-scripts @dc/pipelines @dc/core @dc/backend-onnx @tensorflow/tfjs-core
