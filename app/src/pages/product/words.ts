import { i18n } from '@/i18n'

/** A sum of yuan as people say it: 50 万, ¥500,000. */
export function amountWords(yuan: number): string {
  if (i18n.global.locale.value === 'zh' && yuan >= 10_000 && yuan % 1000 === 0) return `${yuan / 10_000} 万`
  return `¥${String(yuan).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`
}
