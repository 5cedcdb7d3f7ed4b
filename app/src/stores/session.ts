import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { api, ask, rememberCsrf, whenSignedOut } from '@/api/client'
import type { Session } from '@/api/types'
import { useFamily } from './family'

/** Who is signed in. The cookie is the server's; the app keeps only the CSRF token, in memory. */
export const useSession = defineStore('session', () => {
  const session = shallowRef<Session>()
  const loaded = ref(false)
  const signedIn = computed(() => session.value?.signed_in === true)
  const account = computed(() => session.value?.account ?? null)
  const demo = computed(() => session.value?.demo === true)
  let pending: Promise<void> | undefined

  function take(answer: Session): void {
    session.value = answer
    loaded.value = true
    rememberCsrf(answer.csrf_token)
  }

  function forget(): void {
    if (session.value) session.value = { ...session.value, signed_in: false, account: null }
    useFamily().forget()
  }

  async function fetchIt(): Promise<void> {
    take(await ask(api.GET('/session')))
  }

  /** Loads once; offline it stays unknown and counts as signed out. */
  function ready(): Promise<void> {
    if (loaded.value) return Promise.resolve()
    pending ??= fetchIt().catch(() => undefined).finally(() => { pending = undefined })
    return pending
  }

  async function signOut(): Promise<void> {
    take(await ask(api.POST('/auth/sign-out')))
    useFamily().forget()
  }

  whenSignedOut(forget)
  return { session, loaded, signedIn, account, demo, take, ready, refresh: fetchIt, signOut }
})
