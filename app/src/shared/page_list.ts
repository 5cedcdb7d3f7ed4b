import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { asProblem, type Problem } from '@/api/problem'

interface PageOf<T> {
  items: T[]
  total: number
  page: number
}

/** A list that grows a page at a time; what was shown stays when the next page cannot be had. */
export function usePageList<T extends { id: string }>(fetchPage: (page: number) => Promise<PageOf<T>>) {
  const items = shallowRef<T[]>([])
  const total = ref(0)
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const problem = shallowRef<Problem>()
  const busy = ref(false)
  const hasMore = computed(() => items.value.length < total.value)
  let last = 0
  let gone = false

  async function more(): Promise<void> {
    if (busy.value) return
    busy.value = true
    if (!items.value.length) state.value = 'loading'
    try {
      const answer = await fetchPage(last + 1)
      if (gone) return
      const seen = new Set(items.value.map((item) => item.id))
      items.value = [...items.value, ...answer.items.filter((item) => !seen.has(item.id))]
      // An empty page ends the list even if its total says otherwise (something was removed meanwhile).
      total.value = answer.items.length ? answer.total : items.value.length
      last = answer.page
      problem.value = undefined
      state.value = 'ready'
    } catch (error) {
      problem.value = asProblem(error)
      if (!items.value.length) state.value = 'failed'
    } finally {
      busy.value = false
    }
  }

  onScopeDispose(() => { gone = true })
  void more()
  return { items, total, state, problem, busy, hasMore, more }
}
