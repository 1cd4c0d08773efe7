import { test, expect } from 'vitest'
import { generatedLedger } from '../support/generated-ledger.ts'
test('x', async () => {
  const t = performance.now()
  const held = await generatedLedger(({ name }) => name === '')
  console.log('logged', performance.now() - t)
  await held.close()
}, 300000)
