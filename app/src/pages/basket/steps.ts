import type { Basket, BasketItem } from '@/api/types'
import type { IconName } from '@/components/icons'

/** How each state looks: a colour, a mark and (from the catalogue) the word. */
export const looks: Record<string, readonly [tone: string, icon: IconName]> = {
  to_declare: ['', 'ask'], to_fill: ['', 'pen'], to_sign: ['', 'pen'], ready: ['good', 'good'], paying: ['info', 'clock'],
  refer: ['info', 'person'], postponed: ['wait', 'clock'], declined: ['', 'policy'], withdrawn: ['', 'pause'], expired: ['wait', 'clock'],
}

/** Not in a payment and on no way there. */
export const dead = ['withdrawn', 'declined', 'postponed', 'expired']

/** What the customer can do for an item now, as a path; none when a person or the wallet has the next word. */
export function nextOf(item: BasketItem): string | undefined {
  if (item.state === 'to_declare') return `/buy/${item.quote_id}/health`
  if (item.state === 'to_fill') return `/buy/decision/${item.declaration_id}/details`
  if (item.state === 'to_sign') return `/buy/proposal/${item.proposal_id}`
  if (item.state === 'paying' && item.payment_id) return `/pay/${item.payment_id}`
  if (['refer', 'postponed', 'declined'].includes(item.state)) return `/buy/decision/${item.declaration_id}`
  return undefined
}

export const itemsOf = (basket: Basket): BasketItem[] => basket.people.flatMap((person) => person.items)

/** The first item that waits for the customer, in the order they were put in. */
export const firstWaiting = (basket: Basket): BasketItem | undefined =>
  ['to_declare', 'to_fill', 'to_sign'].map((state) => itemsOf(basket).find((item) => item.state === state)).find(Boolean)
