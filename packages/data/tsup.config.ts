import { packageBuild } from '../../tsup.shared.ts'

export default packageBuild(['src/index.ts', 'src/encoded.ts', 'src/rows.ts', 'src/views.ts'])
