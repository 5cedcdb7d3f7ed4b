import { Problem } from './problem'

/**
 * One Idempotency-Key per action, kept until the action is answered for certain: a second tap, a reload or a lost
 * answer sends the same key, so the server does it once.
 */
const PREFIX = 'baohe.key.'

export async function once<T>(action: string, act: (key: string) => Promise<T>): Promise<T> {
  const slot = PREFIX + action
  const key = sessionStorage.getItem(slot) ?? crypto.randomUUID()
  sessionStorage.setItem(slot, key)
  try {
    const answer = await act(key)
    sessionStorage.removeItem(slot)
    return answer
  } catch (error) {
    if (error instanceof Problem && error.kind === 'refused' && error.status >= 400 && error.status < 500) {
      sessionStorage.removeItem(slot)
    }
    throw error
  }
}
