/** Kinds of plugins that `dclust new-plugin` has a template of; each is a folder of `templates/`. */
export const pluginTemplates = ['loss', 'pipeline', 'metric', 'schedule', 'callback'] as const
export type PluginTemplate = (typeof pluginTemplates)[number]
