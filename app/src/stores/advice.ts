import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { api, ask } from '@/api/client'
import type { Schemas } from '@/api/types'
import { useSession } from './session'

const SLOT = 'baohe.advice'

/**
 * Whether advice may use what is known of a person (DATA-3). Signed in it is a consent on the server; a visitor's
 * switch stays on this device. Off until somebody turns it on.
 */
export const useAdvice = defineStore('advice', () => {
  const session = useSession()
  const visitor = ref(localStorage.getItem(SLOT) === 'on')
  const settings = shallowRef<Schemas['AdviceSettings']>()
  watch(visitor, (now) => { if (now) localStorage.setItem(SLOT, 'on'); else localStorage.removeItem(SLOT) })

  const allowed = (code: string) => settings.value?.choices.find((choice) => choice.code === code)?.allowed === true
  const personal = computed(() => (session.signedIn ? allowed('personal') : visitor.value))
  const browsing = computed(() => session.signedIn && allowed('browsing'))
  const health = computed(() => session.signedIn && allowed('health'))

  async function load(): Promise<void> {
    await session.ready()
    if (session.signedIn && !settings.value) settings.value = await ask(api.GET('/advice/settings'))
  }

  async function choose(code: string, now: boolean): Promise<void> {
    if (!session.signedIn) { visitor.value = now; return }
    settings.value = await ask(api.PUT('/advice/settings', { body: { code, allowed: now } }))
  }

  /** Clears what was looked at. */
  async function forget(): Promise<void> {
    await ask(api.DELETE('/advice/looks'))
    if (settings.value) settings.value = { ...settings.value, looked: 0 }
  }

  watch(() => session.signedIn, () => { settings.value = undefined })
  return { settings, personal, browsing, health, load, choose, forget }
})
