/** The names of those who are not heard every month: as varied as the names of the world, and of nobody. */
const invented = (name: string) => `${name} (invented)`

export const SOTIRIA = invented('Σωτηρία Βαλδωριώτου')
export const MIROSLAVA = invented('Мирослава Остерринская')
export const ARPI = invented('Արփի Վալդորյան')
export const LELA = invented('ლელა მერინელი')
export const ASGERDUR = invented('Åsgerður Żółwińska-Ďurďová')
export const MAXIMILIANE = invented(
  'Maximiliane-Ottilie Freifrau von und zu Hohenvaldora-Osterrathal auf Merin',
)
/** Of these letters no id is made. */
export const LAYLA = { id: 'layla-invented', name: invented('ليلى النورمركية') }
export const NOAM = { id: 'noam-invented', name: invented('נעם בן־ולדורה') }
export const LU = { id: 'lu-invented', name: invented('陸') }
