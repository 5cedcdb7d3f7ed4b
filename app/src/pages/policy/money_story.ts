import type { Schemas, Text } from '@/api/types'

type Policy = Schemas['PolicyDetail']
export type PaymentLine = Schemas['PaymentLine']

/** What the first card says of money: the next instalment, all paid, or what came back. */
export interface MoneyStory {
  kind: 'due' | 'settled' | 'refunding' | 'refunded' | 'left'
  fen: number
  on: string
  paid: number
  left: number
  /** Its day has passed. */
  late: boolean
}

export function moneyStory(policy: Policy): MoneyStory {
  const of = (kind: string) => policy.payments.filter((line) => line.kind === kind)
  const paid = of('paid')
  const dues = of('due').sort((a, b) => a.on.localeCompare(b.on))
  const back = [...of('refunded'), ...of('refunding')][0]
  // The timeline knows the day at the server: a telephone's own clock may be wrong.
  const today = policy.timeline.find((entry) => entry.state === 'now')?.at.slice(0, 10) ?? ''
  const counts = { paid: paid.length, left: dues.length, late: dues.some((line) => line.on < today) }
  if (policy.state === 'cancelled' || policy.state === 'lapsed') {
    return { kind: back ? (back.kind === 'refunded' ? 'refunded' : 'refunding') : 'left', fen: back?.amount_fen ?? 0, on: back?.on ?? '', ...counts }
  }
  const [next] = dues
  if (next) return { kind: 'due', fen: next.amount_fen, on: next.on, ...counts }
  return { kind: 'settled', fen: paid.reduce((sum, line) => sum + line.amount_fen, 0), on: policy.last_day, ...counts }
}

/** How it was paid, and so where a refund goes: "钱包", "银行转账", …; each way once. */
export function paidBy(policy: Policy): Text {
  const ways = policy.payments.filter((line) => line.kind === 'paid').map((line) => line.channel)
  const each = (language: 'zh' | 'en') => [...new Set(ways.map((way) => way[language]))]
  return { zh: each('zh').join('、'), en: each('en').join(', ').toLowerCase() }
}

/** The path inside the app of a verify address the server names in full. */
export function verifyPath(url: string | null | undefined): string | undefined {
  if (!url) return undefined
  return new URL(url, window.location.origin).pathname
}

/** A digest short enough to compare by eye: "7f3a 91c4 … c921". */
export function shortDigest(sha256: string): string {
  return `${sha256.slice(0, 4)} ${sha256.slice(4, 8)} … ${sha256.slice(-4)}`
}
