dclust new-plugin my-loss                                        # or --kind pipeline, metric, schedule, callback
cd my-loss && npm install && npm test                            # builds it, and runs the conformance suite of its kind
dclust run bootsc --plugin . --set options.loss=my-loss
