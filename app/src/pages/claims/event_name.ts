import { useI18n } from 'vue-i18n'

/** The name of a claim event in the person's language; a code this app does not know yet gets `otherwise`. */
export function useEventName(): (code: string, otherwise?: string) => string {
  const { t, te } = useI18n()
  return (code, otherwise) => (te(`claims.event.${code}`) ? t(`claims.event.${code}`) : (otherwise ?? t('claims.event.other')))
}
