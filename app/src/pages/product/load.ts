import { api, ask } from '@/api/client'
import type { ProductDetail } from '@/api/types'

const kept = new Map<string, Promise<ProductDetail>>()

/** The product's page, asked once a visit; its sub-pages share the answer. */
export function productDetail(code: string): Promise<ProductDetail> {
  const known = kept.get(code)
  if (known) return known
  const fresh = ask(api.GET('/products/{code}', { params: { path: { code } } }))
  kept.set(code, fresh)
  fresh.catch(() => kept.delete(code))
  return fresh
}
