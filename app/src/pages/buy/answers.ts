import { ref, watch } from 'vue'
import { api, ask } from '@/api/client'
import { asProblem } from '@/api/problem'

type Answers = Record<string, string>

/**
 * Answers on their way. They outlive a reload in this tab, and the platform keeps them sealed for a week, so that
 * another device goes on from here. `revision` is what this device has read: whoever saves over something newer is
 * told, and both versions stay until the customer chooses.
 */
export function useAnswers(quoteId: string) {
  const slot = `baohe.answers.${quoteId}`
  const answers = ref<Answers>(JSON.parse(sessionStorage.getItem(slot) ?? '{}') as Answers)
  watch(answers, (now) => sessionStorage.setItem(slot, JSON.stringify(now)), { deep: true })
  const revision = ref<number>()
  const resumed = ref(false)
  const expired = ref(false)
  const onlyHere = ref(false)
  const others = ref<Answers>()
  let last: Promise<void> = Promise.resolve()

  const fetchKept = () => ask(api.GET('/quotes/{quote_id}/answers', { params: { path: { quote_id: quoteId } } }))

  /** What another device, or an earlier visit, left. */
  async function read(): Promise<void> {
    const kept = await fetchKept()
    revision.value = kept.revision
    expired.value = kept.expired
    if (Object.keys(answers.value).length || !Object.keys(kept.answers).length) return
    answers.value = kept.answers
    resumed.value = true
  }

  async function put(consent: boolean): Promise<void> {
    if (revision.value === undefined) return
    const body = { answers: answers.value, revision: revision.value, health_consent: consent }
    try {
      const kept = await ask(api.PUT('/quotes/{quote_id}/answers', { params: { path: { quote_id: quoteId } }, body }))
      revision.value = kept.revision
      onlyHere.value = false
    } catch (error) {
      if (asProblem(error).code === 'answers_moved') await meet()
      else onlyHere.value = true
    }
  }

  /** Another device saved meanwhile: show both, overwrite nothing by ourselves. */
  async function meet(): Promise<void> {
    const kept = await fetchKept()
    revision.value = kept.revision
    others.value = kept.answers
  }

  /** One after the other, so that a slow save is never passed by a quick one. */
  function save(consent: boolean): Promise<void> {
    last = last.then(() => put(consent)).catch(() => { onlyHere.value = true })
    return last
  }

  function takeOthers(): void {
    answers.value = others.value ?? answers.value
    others.value = undefined
  }

  const forget = (): void => sessionStorage.removeItem(slot)

  return { answers, revision, resumed, expired, onlyHere, others, read, save, takeOthers, forget }
}
