import { onScopeDispose, ref } from 'vue'
import { api, ask } from '@/api/client'
import { asProblem, type Problem } from '@/api/problem'
import type { Schemas } from '@/api/types'
import { useDraft } from '@/stores/draft'

export type Talk = Schemas['Talk']
export type Turn = Schemas['Turn']

const PAUSE_MS = 600

/** One bubble that the app says or that was tapped: a key of its texts, so that it is read in any language. */
export const told = (mine: boolean, key: string, part = ''): Turn => ({ mine, key, part, zh: '', en: '' })
/** One bubble that was typed, or chosen from what the server offered. */
export const wrote = (zh: string, en = zh): Turn => ({ mine: true, key: '', part: '', zh, en })

/**
 * The conversation as the server keeps it, so that a reload or another device goes on with it. What has not reached the
 * server yet stays on this device, and is sent when the page opens again.
 */
export function useKeptTalk(now: () => Talk | null, moved: (talk: Talk | null, problem: Problem) => void) {
  const unsent = useDraft<{ revision: number; talk: Talk | null } | null>('claim.talk', null)
  const revision = ref(0)
  const reached = ref(true)
  let timer = 0
  let closed = false
  let line: Promise<void> = Promise.resolve()

  /** What to go on with: of this device where nobody went on since, else the server's with the words unsent here. */
  async function restore(): Promise<Talk | null> {
    const mine = unsent.value
    try {
      const kept = await ask(api.GET('/claim-talk'))
      revision.value = kept.revision
      if (mine && mine.revision === kept.revision) { void save(); return mine.talk }
      unsent.value = null
      if (mine?.talk?.typed) return { ...(kept.talk ?? { ...mine.talk, sentence: '', turns: [] }), typed: mine.talk.typed }
      return kept.talk ?? null
    } catch {
      // Not reached: what lies here is all there is, and it is sent later.
      reached.value = false
      revision.value = mine?.revision ?? 0
      return mine?.talk ?? null
    }
  }

  /** Kept here at once, on the server after a pause; one after the other, so that none overtakes another. */
  function keep(): void {
    if (closed) return
    unsent.value = { revision: revision.value, talk: now() }
    clearTimeout(timer)
    timer = window.setTimeout(save, PAUSE_MS)
  }

  function save(): Promise<void> {
    clearTimeout(timer)
    line = line.then(put)
    return line
  }

  async function put(): Promise<void> {
    const mine = unsent.value
    if (!mine || closed) return
    try {
      const kept = await ask(api.PUT('/claim-talk', { body: { revision: revision.value, talk: mine.talk } }))
      revision.value = kept.revision
      reached.value = true
      if (unsent.value === mine) unsent.value = null
      else if (unsent.value) unsent.value = { ...unsent.value, revision: kept.revision }
    } catch (error) {
      const problem = asProblem(error)
      if (problem.code === 'talk_moved') moved(await restore(), problem)
      else reached.value = false
    }
  }

  /** The claim is open: nothing of this is kept on the device any more. */
  function close(): void {
    closed = true
    clearTimeout(timer)
    unsent.value = null
  }

  const again = () => { if (unsent.value) void save() }
  window.addEventListener('online', again)
  onScopeDispose(() => { window.removeEventListener('online', again); if (!closed) void save() })
  return { revision, reached, restore, keep, save, close }
}
