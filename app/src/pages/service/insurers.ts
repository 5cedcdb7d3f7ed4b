import { api, ask } from '@/api/client'
import type { Schemas } from '@/api/types'
import { useLoad, type Loaded } from '@/shared/load'

export type Insurer = Schemas['Insurer']

/** Every insurer with a product here, with its telephone numbers: one product page of each names them. */
export function useInsurers(): Loaded<Insurer[]> {
  return useLoad(async () => {
    const { items } = await ask(api.GET('/products', { params: { query: { page: 1, size: 50 } } }))
    const one = new Map(items.map((card) => [card.insurer.code, card.code]))
    const pages = await Promise.all([...one.values()].map((code) => ask(api.GET('/products/{code}', { params: { path: { code } } }))))
    return pages.map((page) => page.insurer_detail)
  })
}
