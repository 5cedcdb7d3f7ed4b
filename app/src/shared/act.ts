import { ref, shallowRef } from 'vue'
import { asProblem, type Problem } from '@/api/problem'
import { tell } from './tell'
import { useSay } from '@/i18n'

/**
 * One action behind one button: `busy` while it runs (a second tap does nothing), `problem` when it was refused.
 * With `quiet` the page shows the problem itself instead of a toast.
 */
export function useAct(quiet = false) {
  const busy = ref(false)
  const problem = shallowRef<Problem>()
  const say = useSay()

  async function act<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = true
    problem.value = undefined
    try {
      return await work()
    } catch (error) {
      problem.value = asProblem(error)
      if (!quiet) tell(`${say(problem.value.said)}\n${say(problem.value.next)}`)
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, act }
}
