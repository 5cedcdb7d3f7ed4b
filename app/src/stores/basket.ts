import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api, ask } from '@/api/client'
import type { Basket } from '@/api/types'
import { useSession } from './session'

/** How many covers lie in the basket, for the quiet mark beside its icon. The basket itself is always asked for. */
export const useBasket = defineStore('basket', () => {
  const count = shallowRef(0)

  async function look(): Promise<void> {
    const session = useSession()
    await session.ready()
    if (!session.signedIn) { count.value = 0; return }
    try {
      count.value = (await ask(api.GET('/basket/count'))).count
    } catch {
      // A mark that is late harms nobody; the basket page says what is wrong.
    }
  }

  function take(basket: Basket): Basket {
    count.value = basket.count
    return basket
  }

  return { count, look, take }
})
