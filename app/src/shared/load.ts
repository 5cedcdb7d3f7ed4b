import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { asProblem, type Problem } from '@/api/problem'

export interface Loaded<T> {
  data: ShallowRef<T | undefined>
  state: Ref<'loading' | 'ready' | 'failed'>
  problem: ShallowRef<Problem | undefined>
  reload: () => Promise<void>
}

/** Loads when the page opens and whenever `when` changes; a late answer to an earlier question is dropped. */
export function useLoad<T>(fetchIt: () => Promise<T>, when?: WatchSource | WatchSource[]): Loaded<T> {
  const data = shallowRef<T>()
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const problem = shallowRef<Problem>()
  let turn = 0

  async function reload(): Promise<void> {
    const mine = ++turn
    if (data.value === undefined) state.value = 'loading'
    try {
      const answer = await fetchIt()
      if (mine !== turn) return
      data.value = answer
      problem.value = undefined
      state.value = 'ready'
    } catch (error) {
      if (mine !== turn) return
      problem.value = asProblem(error)
      state.value = 'failed'
    }
  }

  if (when) watch(when as WatchSource, () => { data.value = undefined; void reload() })
  onScopeDispose(() => { turn = -1 })
  void reload()
  return { data, state, problem, reload }
}
