import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Host } from '../http/host.ts'

const brotli = promisify(brotliCompress)
const zipped = promisify(gzip)
// Of a page of 90 kB the best takes a hundred times as long and saves another twentieth.
const QUALITY = 5

/** Packs bodies beside the thread that answers. */
export const compress: NonNullable<Host['compress']> = (body, encoding) =>
  encoding === 'gzip'
    ? zipped(body)
    : brotli(body, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
        },
      })
