/** What the one door answers, as far as it is examined here. */
export type Item = {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly suggested: boolean
  readonly reading: Reading
  readonly event?: string | null | undefined
  readonly quantity?: Quantity | null | undefined
  readonly date?: Dates | null | undefined
  readonly horizon?: Horizon | null | undefined
}

export type Reading = {
  readonly kind: 'number' | 'range' | 'words' | 'flat' | 'asks' | 'none'
  readonly low?: number | null | undefined
  readonly mid?: number | null | undefined
  readonly high?: number | null | undefined
  readonly says?: 'yes' | 'no' | undefined
  readonly why?: string | undefined
}

export type Quantity = {
  readonly what?: string | null | undefined
  readonly value?: number | null | undefined
  readonly interval?: readonly (number | null)[] | null | undefined
  readonly unit?: string | null | undefined
}

/** The days between which a forecast of a date puts its event; either may be open. */
export type Dates = { readonly from?: string | null | undefined; readonly to?: string | null | undefined }

export type Horizon = {
  readonly kind: 'date' | 'asks' | 'none'
  readonly date?: string | null | undefined
  readonly phrase?: string | null | undefined
}

export type Door = (
  text: string,
  options: { readonly published?: string; readonly language?: string },
) => {
  /** Of captions: the text that they were joined to, in which the places are. */
  readonly transcript?: { readonly text: string } | undefined
  readonly items: readonly Item[]
}
