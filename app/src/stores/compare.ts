import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'

const SLOT = 'baohe.compare'
export const MOST = 3

export interface Picked {
  code: string
  line: string
}

function stored(): Picked[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(SLOT) ?? '[]')
    return Array.isArray(list) ? (list as Picked[]).filter((one) => typeof one?.code === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

/** The products a customer set side by side, in the order of choosing (PUB-3). */
export const useCompare = defineStore('compare', () => {
  const picked = ref<Picked[]>(stored())
  const codes = computed(() => picked.value.map((one) => one.code))
  const full = computed(() => picked.value.length >= MOST)
  watch(picked, (now) => localStorage.setItem(SLOT, JSON.stringify(now)), { deep: true })

  function has(code: string): boolean {
    return codes.value.includes(code)
  }

  /** Returns false when three are chosen already. */
  function toggle(one: Picked): boolean {
    if (has(one.code)) {
      picked.value = picked.value.filter((other) => other.code !== one.code)
      return true
    }
    if (full.value) return false
    picked.value = [...picked.value, { code: one.code, line: one.line }]
    return true
  }

  function clear(): void {
    picked.value = []
  }

  return { picked, codes, full, has, toggle, clear }
})
