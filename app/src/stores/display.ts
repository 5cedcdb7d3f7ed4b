import { defineStore } from 'pinia'
import { ref, watch, watchEffect } from 'vue'

export type Theme = 'system' | 'light' | 'dark'
export type Language = 'zh' | 'en'

function kept<T extends string>(name: string, allowed: readonly T[], otherwise: T) {
  const stored = localStorage.getItem(`baohe.${name}`) as T | null
  const value = ref(stored !== null && allowed.includes(stored) ? stored : otherwise)
  watch(value, (now) => localStorage.setItem(`baohe.${name}`, now as string))
  return value
}

const system = window.matchMedia('(prefers-color-scheme: dark)')

/** How this person wants to see the app: theme, type size, language. Stays on this device. */
export const useDisplay = defineStore('display', () => {
  const theme = kept<Theme>('theme', ['system', 'light', 'dark'], 'system')
  const size = kept<'normal' | 'large'>('size', ['normal', 'large'], 'normal')
  const first: Language = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
  const language = kept<Language>('language', ['zh', 'en'], first)
  const systemDark = ref(system.matches)
  system.addEventListener('change', (event) => { systemDark.value = event.matches })

  watchEffect(() => {
    const dark = theme.value === 'dark' || (theme.value === 'system' && systemDark.value)
    const root = document.documentElement
    root.dataset.theme = dark ? 'dark' : 'light'
    root.dataset.size = size.value
    root.lang = language.value === 'zh' ? 'zh-CN' : 'en'
  })
  return { theme, size, language }
})
