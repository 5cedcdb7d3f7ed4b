import { i18n } from '@/i18n'
import { tell } from './tell'

/** Hands a link to another app, or copies it where the system has no share sheet. */
export async function share(title: string, url: string): Promise<void> {
  if (typeof navigator.share === 'function') {
    // Closing the sheet without choosing is no error.
    await navigator.share({ title, url }).catch(() => undefined)
    return
  }
  await navigator.clipboard.writeText(url)
  tell(i18n.global.t('policy.link_copied'))
}
