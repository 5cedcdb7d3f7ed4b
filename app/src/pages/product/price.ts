import { computed, ref, shallowRef, watch } from 'vue'
import { api, ask } from '@/api/client'
import { asProblem, type Problem } from '@/api/problem'
import type { Instalment, Price, ProductDetail } from '@/api/types'
import { useDraft } from '@/stores/draft'

const PAUSE_MS = 250

/** What the customer chose to be priced, kept on the device under the product. */
export function usePriceChoices(code: string) {
  const inputs = useDraft<Record<string, string>>(`price.${code}`, {})
  const plan = useDraft<string>(`plan.${code}`, '')
  return { inputs, plan }
}

/**
 * The live price of `product`: asked anew shortly after each change; a late answer to an earlier question is
 * dropped, and while a new one is under way the old price is marked stale instead of vanishing.
 */
export function usePrice(product: () => ProductDetail | undefined, code: string) {
  const { inputs, plan } = usePriceChoices(code)
  const price = shallowRef<Price>()
  const problem = shallowRef<Problem>()
  const stale = ref(true)
  let turn = 0
  let timer = 0

  const complete = computed<Record<string, string>>(() => {
    const known = product()?.rating_inputs ?? []
    return Object.fromEntries(known.map((input) => {
      const chosen = inputs.value[input.code]
      const offered = input.kind !== 'choice' || input.choices.some((choice) => choice.value === chosen)
      return [input.code, chosen !== undefined && offered ? chosen : input.default]
    }))
  })

  const instalment = computed<Instalment | undefined>(() => {
    const all = price.value?.instalments ?? []
    return all.find((one) => one.code === plan.value) ?? all.find((one) => one.code === 'monthly') ?? all[0]
  })

  async function fetchPrice(): Promise<void> {
    const mine = ++turn
    try {
      const answer = await ask(api.POST('/price', { body: { product: code, inputs: complete.value } }))
      if (mine !== turn) return
      price.value = answer
      problem.value = undefined
      stale.value = false
    } catch (error) {
      if (mine === turn) problem.value = asProblem(error)
    }
  }

  watch(complete, (now, before) => {
    if (!product() || JSON.stringify(now) === JSON.stringify(before)) return
    stale.value = true
    window.clearTimeout(timer)
    timer = window.setTimeout(fetchPrice, price.value ? PAUSE_MS : 0)
  }, { immediate: true })

  const set = (input: string, value: string) => { inputs.value = { ...inputs.value, [input]: value } }
  return { price, problem, stale, inputs: complete, plan, instalment, set, retry: fetchPrice }
}
