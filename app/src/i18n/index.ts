import { computed, watch } from 'vue'
import { createI18n } from 'vue-i18n'
import type { Text } from '@/api/types'
import { useDisplay, type Language } from '@/stores/display'

export const i18n = createI18n({ legacy: false, locale: 'zh', fallbackLocale: 'zh', missingWarn: false, fallbackWarn: false })

const catalogues = { zh: () => import('./zh'), en: () => import('./en') }

async function load(language: Language): Promise<void> {
  const { messages } = await catalogues[language]()
  i18n.global.setLocaleMessage(language, messages)
  i18n.global.locale.value = language
}

/** Loads the person's language, and again whenever it changes. */
export async function startI18n(): Promise<void> {
  const display = useDisplay()
  await load(display.language)
  watch(() => display.language, load)
}

/** Says a text of the server in the person's language. */
export function useSay(): (text: Text | null | undefined) => string {
  const language = computed(() => i18n.global.locale.value as Language)
  return (text) => (text ? text[language.value] || text.zh : '')
}
