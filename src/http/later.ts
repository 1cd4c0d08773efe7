/**
 * What a module does, where the module is loaded with the first who asks for it: a Worker starts without it, and a
 * server holds it from then on.
 */
export const later =
  <M, A extends unknown[], R>(load: () => Promise<M>, pick: (of: M) => (...asked: A) => R) =>
  async (...asked: A): Promise<Awaited<R>> =>
    await pick(await load())(...asked)
