import { computed, ref, shallowRef, watch } from 'vue'
import { api, ask } from '@/api/client'
import type { Schemas } from '@/api/types'
import { useAct } from '@/shared/act'
import { useLoad } from '@/shared/load'
import { usePoll } from '@/shared/poll'
import { useDraft } from '@/stores/draft'

type Message = Schemas['ClaimMessage']

/** The conversation of one claim: its messages by number, what is typed and not yet sent, and what was unread on opening. */
export function useTalk(claimId: string) {
  const path = { claim_id: claimId }
  const { busy, problem, act } = useAct(true)
  const { data: newest, state, problem: failure, reload } = useLoad(() => ask(api.GET('/claims/{claim_id}/messages', { params: { path } })))
  const known = shallowRef(new Map<number, Message>())
  const earlier = ref<number | null>()
  const fresh = ref(new Set<number>())
  /** With the key of a sending that was not answered: the same words go out once, other words are another message. */
  const form = useDraft(`claim-message.${claimId}`, { text: '', tried: '', key: '' })
  const messages = computed(() => [...known.value.values()].sort((a, b) => a.number - b.number))

  const keep = (found: Message[]) => { known.value = new Map([...known.value, ...found.map((one) => [one.number, one] as const)]) }

  watch(newest, (page) => {
    if (!page) return
    keep(page.items)
    if (earlier.value === undefined) earlier.value = page.earlier
    for (const one of page.items) if (one.unread) fresh.value.add(one.number)
    // Not answered: the mark stays and is set at the next look.
    if (page.unread) void ask(api.POST('/claims/{claim_id}/messages/seen', { params: { path }, body: { number: page.last } })).catch(() => undefined)
  })
  usePoll(reload, () => newest.value !== undefined, 15_000, 60_000)

  async function more(): Promise<void> {
    const before = earlier.value
    if (!before) return
    const page = await act(() => ask(api.GET('/claims/{claim_id}/messages', { params: { path, query: { before } } })))
    if (!page) return
    keep(page.items)
    earlier.value = page.earlier
  }

  async function send(): Promise<boolean> {
    const text = form.value.text.trim()
    if (!text || busy.value) return false
    if (form.value.tried !== text) form.value = { text: form.value.text, tried: text, key: crypto.randomUUID() }
    const header = { 'Idempotency-Key': form.value.key }
    const sent = await act(() => ask(api.POST('/claims/{claim_id}/messages', { params: { path, header }, body: { text } })))
    if (!sent) return false
    keep([sent])
    form.value = { text: '', tried: '', key: '' }
    void reload()
    return true
  }

  return { newest, state, failure, reload, messages, earlier, fresh, form, busy, problem, more, send }
}
