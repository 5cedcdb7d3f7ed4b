import { defineStore } from 'pinia'
import { api, ask } from '@/api/client'
import type { Schemas } from '@/api/types'
import { useDraft } from './draft'

const CODE = /^[a-z0-9][a-z0-9-]{2,19}$/

/** Whose link brought the customer here (`?adviser=CODE`): kept through the sale, asked again before it is named. */
export const useAdviser = defineStore('adviser', () => {
  const code = useDraft('adviser', '')

  function follow(link: unknown): void {
    if (typeof link === 'string' && CODE.test(link)) code.value = link
  }

  /** The person as registered today, or undefined when nobody is named; `gone` tells that a link no longer holds. */
  async function who(): Promise<{ card?: Schemas['Adviser']; gone: boolean }> {
    if (!code.value) return { gone: false }
    try {
      return { card: await ask(api.GET('/advisers/{code}', { params: { path: { code: code.value } } })), gone: false }
    } catch (refusal) {
      if ((refusal as { code?: string }).code !== 'producer_not_registered') throw refusal
      code.value = ''
      return { gone: true }
    }
  }

  return { code, follow, who }
})
