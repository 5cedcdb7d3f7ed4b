import type { Schemas } from '@/api/types'

/** Whether the shares of every order add up to 100%. */
export function sharesAddUp(list: Schemas['BeneficiaryIn'][]): boolean {
  const ranks = new Set(list.map((one) => one.rank ?? 1))
  return [...ranks].every((rank) => list.filter((one) => (one.rank ?? 1) === rank).reduce((sum, one) => sum + (one.share_percent ?? 0), 0) === 100)
}
