import type { RatingInput } from '@/api/types'
import { i18n } from '@/i18n'

/** A sum of yuan as people say it: 50 万, ¥500,000. */
export function amountWords(yuan: number): string {
  if (i18n.global.locale.value === 'zh' && yuan >= 10_000 && yuan % 1000 === 0) return `${yuan / 10_000} 万`
  return `¥${String(yuan).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`
}

export type AmountKind = 'fen' | 'share' | 'yuan' | 'count'
const MONEY_FROM = 1000

/** What an amount counts: its code says fen or basis points; otherwise large ones are yuan, small ones things. */
export function amountKind(field: RatingInput): AmountKind {
  if (field.code.endsWith('_fen')) return 'fen'
  if (field.code.endsWith('_bp')) return 'share'
  return (field.maximum ?? 0) >= MONEY_FROM ? 'yuan' : 'count'
}

/** How many of what is stored make one of what people type. */
export const unitSize = (field: RatingInput): number => (amountKind(field) === 'fen' || amountKind(field) === 'share' ? 100 : 1)

/** A value of an age or amount in words. */
export function inputWords(field: RatingInput, value: number): string {
  if (field.kind !== 'amount') return String(value)
  const kind = amountKind(field)
  if (kind === 'share') return `${value / 100}%`
  if (kind === 'count') return String(value)
  return amountWords(kind === 'fen' ? value / 100 : value)
}
