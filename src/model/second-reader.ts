import * as z from 'zod'
import { type Endpoint, LONGEST_SENT, type SecondAnswer, type SecondReader } from '../core/second-reading.ts'
import { boundedBytes } from '../http/body.ts'
import { answerIn, nothing } from './answer.ts'
import { messagesFor } from './prompt.ts'

const ANSWERS_WITHIN_MS = 25_000
const MOST_BYTES = 262_144

const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
})

/** Asks the model for what a text forecasts, once, in a bounded time, and takes a bounded answer. */
export function secondReader({ url, key, model, timeoutMs = ANSWERS_WITHIN_MS }: Endpoint): SecondReader {
  const address = /\/chat\/completions\/?$/u.test(url) ? url : `${url.replace(/\/$/u, '')}/chat/completions`
  const sent_to = new URL(address).host
  return {
    model,
    sent_to,
    read: async (told) => {
      if (told.text.length > LONGEST_SENT)
        return nothing(`The text has more than ${LONGEST_SENT} characters, and was not sent.`)
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        const answer = await fetch(address, {
          method: 'POST',
          redirect: 'manual',
          signal,
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          },
          body: JSON.stringify({ model, temperature: 0, stream: false, messages: messagesFor(told) }),
        })
        if (!answer.ok) {
          await answer.body?.cancel()
          return nothing(`It refused, with status ${answer.status}.`)
        }
        return await completionIn(answer, told.text)
      } catch {
        return nothing(
          signal.aborted
            ? `It did not answer within ${timeoutMs / 1000} seconds.`
            : 'It could not be reached.',
        )
      }
    },
  }
}

async function completionIn(answer: Response, text: string): Promise<SecondAnswer> {
  const bytes = await boundedBytes(answer.body, MOST_BYTES)
  if (bytes === null) return nothing('Its answer was too long, and was not read.')
  let json: unknown = null
  try {
    json = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return nothing('It did not answer in JSON.')
  }
  const read = Completion.safeParse(json)
  if (!read.success) return nothing('It did not answer as a model does.')
  return answerIn(read.data.choices[0]?.message.content ?? '', text)
}
