/** One of the documents of docs/, as scripts/documents.js renders it when the program is built. */
export type DocumentPage = {
  title: string
  /** Its first paragraph, without marks. */
  about: string
  html: string
  /** The headings below the title, with their anchors. */
  parts: readonly { id: string; title: string }[]
}

/** Everything that is served below `/docs`, by the last part of its address; the page of `/docs` itself has an empty one. */
export type Documents = Readonly<Record<string, DocumentPage>>
