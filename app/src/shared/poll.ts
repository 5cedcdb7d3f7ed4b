import { onScopeDispose, watch } from 'vue'

/**
 * Looks again and again while `wanted`, slower each time, and only while somebody sees the page. What `look` throws
 * is its own business: a look that failed is simply repeated.
 */
export function usePoll(look: () => Promise<unknown>, wanted: () => boolean, firstMs = 900, slowestMs = 6000): void {
  let timer = 0
  let pause = firstMs
  let gone = false

  function plan(): void {
    window.clearTimeout(timer)
    if (gone || !wanted()) return
    timer = window.setTimeout(() => void turn(), pause)
  }

  async function turn(): Promise<void> {
    if (document.visibilityState === 'visible') {
      await look()
      pause = Math.min(pause * 1.3, slowestMs)
    }
    plan()
  }

  watch(wanted, () => { pause = firstMs; plan() }, { immediate: true })
  onScopeDispose(() => { gone = true; window.clearTimeout(timer) })
}
