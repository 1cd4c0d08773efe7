const MOST_BYTES = 8 * 1024 * 1024
const MOST_BYTES_A_PAGE = 512 * 1024

export type PageCache = {
  get(address: string, etag: string): string | null
  put(address: string, etag: string, page: string): void
}

/** Pages that everybody sees alike, each until its ETag changes; the ones asked for longest ago go first. */
export function pageCache(): PageCache {
  const pages = new Map<string, { etag: string; page: string }>()
  let bytes = 0
  const drop = (address: string) => {
    bytes -= (pages.get(address)?.page.length ?? 0) + address.length
    pages.delete(address)
  }
  return {
    get(address, etag) {
      const held = pages.get(address)
      if (held === undefined) return null
      if (held.etag !== etag) {
        drop(address)
        return null
      }
      pages.delete(address)
      pages.set(address, held)
      return held.page
    },
    put(address, etag, page) {
      if (page.length > MOST_BYTES_A_PAGE || address.length > 2048) return
      if (pages.has(address)) drop(address)
      pages.set(address, { etag, page })
      bytes += page.length + address.length
      for (const oldest of pages.keys()) {
        if (bytes <= MOST_BYTES) break
        drop(oldest)
      }
    },
  }
}
