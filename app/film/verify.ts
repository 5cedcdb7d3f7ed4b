import type { Film, Reel } from './shape'

/** The file proves itself: the parts against their chain, the chain against the leaf, the leaf against the log. */
const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
const unhex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))
const hex = (data: Uint8Array) => [...data].map((one) => one.toString(16).padStart(2, '0')).join('')

async function sha256(...parts: Uint8Array[]): Promise<Uint8Array> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) { whole.set(part, at); at += part.length }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
}

async function headOf(parts: string[]): Promise<string> {
  let head: Uint8Array = new Uint8Array(32)
  for (const part of parts) head = await sha256(head, await sha256(bytes(part)))
  return hex(head)
}

/** RFC 9162 2.1.3.2. */
async function rootOf(leaf: Uint8Array, index: number, size: number, path: string[]): Promise<string | undefined> {
  let [fn, sn, root] = [index, size - 1, leaf]
  for (const sibling of path.map(unhex)) {
    if (sn === 0) return undefined
    if (fn % 2 === 1 || fn === sn) {
      root = await sha256(Uint8Array.of(1), sibling, root)
      while (fn % 2 === 0 && fn !== 0) { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2) }
    } else root = await sha256(Uint8Array.of(1), root, sibling)
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 ? hex(root) : undefined
}

export interface Verdict { good: boolean; lines: string[] }

/** Judges an exported file with nothing but what lies in it. */
export async function verify(film: Film): Promise<Verdict> {
  if (!film.proof) return { good: false, lines: ['没有存证证明，无法独立核验'] }
  const { proof } = film
  const sealed = JSON.parse(proof.opening) as { facts: { recordings: { recording: string; head: string; parts: number }[] } }
  const lines: string[] = []
  for (const { recording, head, parts } of sealed.facts.recordings) {
    const reel: Reel | undefined = film.reels.find((one) => one.id === recording)
    if (!reel?.parts || reel.parts.length !== parts) lines.push(`记录 ${recording.slice(0, 8)} 缺少片段`)
    else if ((await headOf(reel.parts)) !== head) lines.push(`记录 ${recording.slice(0, 8)} 的内容被改动过`)
  }
  const encoder = new TextEncoder()
  const leaf = JSON.parse(proof.leaf) as { commitment: string }
  if (hex(await sha256(encoder.encode(proof.opening))) !== leaf.commitment) lines.push('内容摘要和存证叶里的承诺不符')
  const root = await rootOf(await sha256(Uint8Array.of(0), encoder.encode(proof.leaf)), proof.index, proof.size, proof.path)
  const signed = proof.checkpoint.split('\n')[2] ?? ''
  if (root !== proof.root || root === undefined || hex(bytes(signed)) !== root) lines.push('存证叶不在签过名的树里')
  return lines.length ? { good: false, lines } : { good: true, lines: [`和存证日志一致：第 ${proof.index} 叶，树 ${proof.size}`] }
}
