import { computed, reactive, ref, shallowRef, type Ref } from 'vue'
import { once } from '@/api/action_key'
import { api, ask } from '@/api/client'
import type { Schemas } from '@/api/types'
import { useAct } from '@/shared/act'

export type Part = 'member' | 'policy' | 'event' | 'day'
export const PARTS: readonly Part[] = ['member', 'policy', 'event', 'day']

/** A first notice from a sentence: what was understood, what was chosen, and the one action that opens the claim. */
export function useNotice(sentence: Ref<{ text: string }>, talkRevision: () => number = () => 0) {
  const { busy, problem, act } = useAct(true)
  const heard = shallowRef<Schemas['Understanding']>()
  const heardText = ref('')
  const chosen = reactive({ person_id: '', policy_id: '', event: '', happened_on: '' })
  const another = ref(false)
  const text = computed(() => sentence.value.text.trim())
  const stale = computed(() => heardText.value !== text.value)
  const already = computed(() => (heard.value?.already ?? []).filter((one) => !['paid', 'refused_by_person'].includes(one.state)))
  const noPolicy = computed(() => heard.value !== undefined && !heard.value.policy.value && !heard.value.policy.options.length)
  const ready = computed(() => heard.value !== undefined && !stale.value && PARTS.every((part) => heard.value?.[part].value) && (!already.value.length || another.value))

  async function listen(): Promise<boolean> {
    const said = text.value
    const body = { ...chosen, sentence: said, happened_on: chosen.happened_on || null }
    const answer = await act(() => ask(api.POST('/claims/understand', { body })))
    if (!answer) return false
    heard.value = answer
    heardText.value = said
    return true
  }

  function afresh(): Promise<boolean> {
    Object.assign(chosen, { person_id: '', policy_id: '', event: '', happened_on: '' })
    another.value = false
    return listen()
  }

  /** What was chosen stands; what hangs on it is understood again. */
  function choose(part: Part, value: string): Promise<boolean> {
    if (part === 'member') Object.assign(chosen, { person_id: value, policy_id: '', event: '' })
    else if (part === 'policy') Object.assign(chosen, { policy_id: value, event: '' })
    else if (part === 'event') chosen.event = value
    else chosen.happened_on = value
    another.value = false
    return listen()
  }

  /** Opens the claim; nothing when it was refused, and `problem` says why. */
  async function send(): Promise<Schemas['Claim'] | undefined> {
    const found = heard.value
    if (!found) return undefined
    const body = { policy_id: found.policy.value, event: found.event.value, happened_on: found.day.value, sentence: heardText.value, another: another.value, talk_revision: talkRevision() }
    return act(() => once(`claim:${found.policy.value}`, (key) =>
      ask(api.POST('/claims', { params: { header: { 'Idempotency-Key': key } }, body }))))
  }

  return { busy, problem, heard, chosen, another, text, stale, already, noPolicy, ready, listen, afresh, choose, send }
}
