import type { Person, Schemas } from '@/api/types'

/**
 * What this visit knows about a quote: the server binds the quote itself and keeps it; the phone keeps beside its id
 * only whom and what it is for, so that going back and a reload find the way. Never an identity number.
 */
export interface KeptQuote {
  quote: Pick<Schemas['Quote'], 'id' | 'product' | 'person_id'> & { price: Pick<Schemas['Price'], 'premium_fen'> }
  insured: string
  product: Schemas['Text']
  /** It lies in the basket: from the signature the way leads back there. */
  basket?: boolean
}

const slot = (name: string) => `baohe.sale.${name}`

export function keepQuote(quote: KeptQuote['quote'], person: Pick<Person, 'name'>, product: Schemas['Text'], basket = false): void {
  localStorage.setItem(slot(quote.id), JSON.stringify({ quote, insured: person.name, product, basket } satisfies KeptQuote))
}

export function keptQuote(id: string): KeptQuote | undefined {
  try {
    return (JSON.parse(localStorage.getItem(slot(id)) ?? 'null') as KeptQuote | null) ?? undefined
  } catch {
    return undefined
  }
}

export function forgetQuote(id: string): void {
  localStorage.removeItem(slot(id))
}

/** The next thing a proposal waits for, as a path. */
export function nextStep(proposal: Schemas['Proposal']): string {
  const base = `/buy/proposal/${proposal.id}`
  const undone = (before: string) => proposal.needs.find((one) => one.before === before && !one.done)
  if (proposal.state === 'issued' && proposal.policy_id) return `/policies/${proposal.policy_id}`
  if (proposal.state === 'paying') return proposal.payment_id ? `/pay/${proposal.payment_id}` : `${base}/pay`
  const needed = undone(proposal.state === 'signed' ? 'pay' : 'sign')
  if (needed) return needed.path
  if (proposal.state === 'signed') return proposal.in_basket ? '/basket/sign' : `${base}/pay`
  const paper = proposal.papers.find((one) => one.needed && !one.confirmed_at && one.code !== 'deduction')
  return paper ? `${base}/papers/${paper.code}` : `${base}/sign`
}
