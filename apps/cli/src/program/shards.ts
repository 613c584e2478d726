import { Option } from 'commander'
import { integer, positive, variableOf } from '../config/flags'
import type { ShardsFlags } from '../shards/shards-flags'
import type { Register } from './door'

const examples = `
Works
  kmeans FOLDER       k-means over all rows: centroids.npy, labels-….npy                 --k, --normalize, --seed, --starts, --rounds
  label FOLDER        labels by centroids that are known                                 --centroids, --normalize
  neighbours FOLDER   the nearest rows of every row, and their graph                     --k, --normalize
  embed NEIGHBOURS    spectral embedding of that graph: shards again, to cluster         --components, --seed
  targets SCORES      transport over all rows: targets-….npy                             --method, --scores, --epsilon, --rho, --gamma, --weight, --neighbours
  scores LABELS TRUTH ACC, NMI, ARI of labels against classes, by contingency tables

Examples
  dclust shards kmeans features/ --k 1000 --out clusters/ --jobs 2
  dclust shards kmeans /shared/features --k 1000 --out /shared/clusters --queue redis://host:6379
  dclust shards neighbours features/ --k 15 --normalize --out knn/
  dclust shards embed knn/ --components 20 --out embedding/
  dclust shards scores clusters/ features/ --out scores/

A folder is one of .npy or Parquet files, as dclust extract writes it; a shard must fit in memory, the rows need not. Answers are added
in the order of the shards: they are the same to the bit for any number of processes or machines. The same command goes on where it
was stopped. Exit codes: 0, 1 (refused, or failed), 2 (the command line is not understood), 130 (Ctrl-C)
`

export const register: Register = (root, { terminal, done }) => {
  root
    .command('shards')
    .description('work over rows that do not fit in memory: k-means, neighbours, embeddings, targets, scores')
    .argument('<work>', 'kmeans, label, neighbours, embed, targets, scores')
    .argument('<folders...>', 'shards')
    .requiredOption('--out <folder>', 'where the results go; of the same command that was stopped')
    .addOption(new Option('--k <n>', 'clusters, or neighbours').argParser(integer(1)))
    .option('--components <n>', 'coordinates of an embedding', integer(1, 10_000))
    .option('--centroids <file>', 'centroids.npy of kmeans')
    .option('--neighbours <folder>', 'what neighbours has written, for sp2ot')
    .option('--normalize', 'compare rows by direction', false)
    .addOption(new Option('--seed <n>', 'of every draw').argParser(integer(0)).default(0))
    .option('--starts <n>', 'starts of kmeans, on a sample', integer(1, 1000), 1)
    .option('--rounds <n>', 'most rounds of kmeans over all rows', integer(1, 100_000), 100)
    .addOption(new Option('--method <name>', 'of targets').choices(['balanced', 'p2ot', 'sp2ot']).default('balanced'))
    .addOption(
      new Option('--scores <what>', 'what the shards of targets hold')
        .choices(['log-probability', 'probability', 'cost'])
        .default('log-probability'),
    )
    .option('--epsilon <number>', 'weight of the entropy', positive, 0.1)
    .option('--rho <share>', 'share of the rows that get a target, of p2ot and sp2ot', positive)
    .option('--gamma <number>', 'weight of the sizes, of p2ot and sp2ot (default: 1)', positive)
    .option('--weight <number>', 'weight of neighbours, of sp2ot (default: 1000 (1 − rho))', positive)
    .addOption(
      new Option('--queue <address>', 'let the workers of a queue do it; all of them see the folders').env(
        variableOf('queue'),
      ),
    )
    .option('--jobs <n>', 'processes of this machine, without a queue', integer(1, 256), 1)
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples)
    .action(async (work: string, folders: string[], flags: ShardsFlags) => {
      const { shards } = await import('../commands/shards')
      done(await shards(work, folders, flags, terminal))
    })
}
