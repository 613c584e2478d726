import { Option } from 'commander'
import { collect } from '../config/flags'

/** `--plugin`, which every command takes that calls plugins by name. */
export const pluginOption = (): Option =>
  new Option('--plugin <name or path>', 'a package, its folder, or a file that exports plugins (repeatable)')
    .argParser(collect)
    .default([])
