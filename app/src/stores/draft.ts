/**
 * What a person has typed and not yet sent, kept on this device for a week so that nothing is lost offline or on
 * the way back. Identity numbers, card numbers and health consents are never put here by callers.
 */
import { ref, watch, type Ref } from 'vue'

const PREFIX = 'baohe.draft.'
const KEPT_MS = 7 * 24 * 3600 * 1000

function read<T>(slot: string): T | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(slot) ?? 'null') as { at: number; value: T } | null
    return found && Date.now() - found.at < KEPT_MS ? found.value : undefined
  } catch {
    return undefined
  }
}

/** A ref that survives reloads under `name` until `dropDraft(name)`. */
export function useDraft<T>(name: string, initial: T): Ref<T> {
  const slot = PREFIX + name
  const value = ref(read<T>(slot) ?? initial) as Ref<T>
  watch(value, (now) => localStorage.setItem(slot, JSON.stringify({ at: Date.now(), value: now })), { deep: true })
  return value
}

export function dropDraft(name: string): void {
  localStorage.removeItem(PREFIX + name)
}

/** Nothing of a person stays on a shared phone after signing out. */
export function dropAllDrafts(): void {
  for (const slot of Object.keys(localStorage)) if (slot.startsWith(PREFIX)) localStorage.removeItem(slot)
}
