import type { Text } from './types'

/**
 * Why an action has no answer we can use.
 * `refused`: the server decided (RFC 9457). `offline`: nothing was sent. `unknown`: sent, no answer came: the truth
 * must be asked for, never assumed.
 */
export class Problem extends Error {
  constructor(
    readonly kind: 'refused' | 'offline' | 'unknown',
    readonly status: number,
    readonly code: string,
    readonly said: Text,
    readonly next: Text,
    readonly facts: Record<string, unknown> = {},
  ) {
    super(`${code}: ${said.en}`)
  }

  get field(): string | undefined {
    return typeof this.facts.field === 'string' ? this.facts.field : undefined
  }
}

export const offline = (): Problem =>
  new Problem('offline', 0, 'offline',
    { zh: '现在没有网络', en: 'You are offline' },
    { zh: '填过的内容都在，连上网再试', en: 'What you typed is kept; try again when you are connected' })

export const unanswered = (): Problem =>
  new Problem('unknown', 0, 'unanswered',
    { zh: '还没有收到回复', en: 'No answer yet' },
    { zh: '我们正在确认结果；再试一次不会重复办理', en: 'We are checking; trying again will not do it twice' })

const vague: Text = { zh: '出了点问题', en: 'Something went wrong' }
const later: Text = { zh: '请稍后再试，填过的内容都在', en: 'Try again later; what you typed is kept' }

/** The problem a refused answer describes; an answer that is not a problem document becomes a plain one. */
export function refusal(status: number, body: unknown): Problem {
  const facts = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  return new Problem('refused', status, String(facts.code ?? `http_${status}`),
    (facts.message as Text | undefined) ?? vague, (facts.next as Text | undefined) ?? later, facts)
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  return new Problem('refused', 0, 'app_error', vague, later)
}
