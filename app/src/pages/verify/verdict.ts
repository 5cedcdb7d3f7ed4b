import { offline, refusal, unanswered } from '@/api/problem'
import type { Text } from '@/api/types'

/** The answer of the public face, which is not part of the shop's own API description. */
export interface Verdict {
  genuine: boolean
  /** genuine | changed | unknown | unknown_token | not_pdf | preparing | damaged */
  code: string
  what: Text
  policy_number: string | null
  insurer: Text | null
  product: Text | null
  insured_masked: string | null
  start: string | null
  last_day: string | null
  state: string | null
  sha256: string | null
  signed_by: string | null
  signed_at: string | null
  stamped_at: string | null
  stamped_by: string | null
  /** ecdsa | rsa | sm2 */
  profile: string | null
  /** Each part of the policyholder's own signature: does it still hold? */
  signature: { part: string; holds: boolean; what: Text }[]
  detached_url: string | null
  leaf_index: number | null
  tree_size: number | null
  root_hash: string | null
  proof: string[]
  checkpoint: string | null
  proof_url: string | null
}

const DOOR = '/api/public/v1/verify'

async function answer(pending: Promise<Response>): Promise<Verdict> {
  let response: Response
  try {
    response = await pending
  } catch {
    throw navigator.onLine ? unanswered() : offline()
  }
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw refusal(response.status, body)
  return body as Verdict
}

export function judgeToken(token: string): Promise<Verdict> {
  return answer(fetch(`${DOOR}/${encodeURIComponent(token)}`))
}

export function judgeFile(file: File): Promise<Verdict> {
  const form = new FormData()
  form.append('file', file)
  return answer(fetch(DOOR, { method: 'POST', body: form }))
}

/** The part of a scanned or pasted text that is a verify code; undefined when there is none. */
export function tokenIn(text: string): string | undefined {
  const link = /\/verify\/([\w-]{6,})/.exec(text)
  if (link) return link[1]
  const plain = text.trim()
  return /^[\w-]{6,}$/.test(plain) ? plain : undefined
}
