import { type Config, modelOf } from '../config.ts'
import type { Host } from '../http/host.ts'
import { secondReader } from '../model/second-reader.ts'

/** Members may ask a model what it makes of a text where the settings name one. */
export function asking(config: Config): Pick<Host, 'secondReader'> {
  const endpoint = modelOf(config)
  return endpoint === null ? {} : { secondReader: secondReader(endpoint) }
}
