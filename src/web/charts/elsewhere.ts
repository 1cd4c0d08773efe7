import * as paths from '../../http/paths.ts'
import type { Elsewhere } from './chart.tsx'

/** Where a chart of a page is found as a picture, as numbers and as a frame for other pages. */
export const elsewhereOf = (page: string, id: string): Elsewhere => ({
  image: paths.chartPicture(page, id),
  data: paths.chartData(page, id),
  embed: paths.chartFrame(page, id),
})
