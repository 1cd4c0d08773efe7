import type { Assets, Host } from '../../http/host.ts'
import * as paths from '../../http/paths.ts'

/** Where something stands that the browser is given beside the pages. */
export const assetOf = ({ assets, build }: Pick<Host, 'assets' | 'build'>, name: keyof Assets['hashes']) =>
  paths.asset(name, assets?.hashes[name] ?? build)
