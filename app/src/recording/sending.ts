import { api, ask } from '@/api/client'
import { Problem } from '@/api/problem'
import type { Schemas } from '@/api/types'
import { saving } from '.'
import { failed, wentThrough } from './stuck'
import { dropPart, forget, keepSitting, part, type Part, type Sitting } from './store'

declare const __BAOHE_BUILD__: string

/** Refusals after which a sitting takes no more: another one goes on from the page that is open. */
const ENDED = ['recording_closed', 'recording_full', 'recording_part_differs', 'not_found', 'recording_unreadable', 'recording_too_large']
const PATIENCE_MS = 8_000

/** The sitting is over for the server. */
export class Ended extends Error {}

async function begin(one: Sitting): Promise<void> {
  const begun = await ask(api.POST('/recordings', { body: { build: __BAOHE_BUILD__, product: one.product } }))
  Object.assign(one, { id: begun.id, next: begun.next_part, head: begun.head })
  await keepSitting(one)
}

/** Binary bodies are not in the API's types: the schema tells a file as text. */
const raw = (body: BodyInit) => ({ body: body as never, bodySerializer: (value: unknown) => value as BodyInit })

export async function put(one: Sitting, sent: Part, keepalive = false): Promise<Schemas['RecordingState']> {
  return ask(api.PUT('/recordings/{recording_id}/parts/{number}', {
    params: { path: { recording_id: one.id, number: sent.number }, header: { 'Recording-Previous': one.head } },
    headers: { 'Content-Type': sent.packed ? 'application/gzip' : 'application/json' },
    keepalive,
    ...raw(sent.body),
  }))
}

/** Send what waits, in order. Throws the `Problem` that stopped it, or `Ended`. */
async function send(one: Sitting): Promise<void> {
  if (one.cut === 0) return
  if (!one.id) await begin(one)
  while (one.next < one.cut) {
    const number = one.next
    const waiting = await part(one.local, number)
    if (!waiting) throw new Ended('a part is not on this phone any more')
    const answer = await put(one, waiting)
    Object.assign(one, { next: Math.max(answer.next_part, number + 1), head: answer.head })
    await keepSitting(one)
    await dropPart(one.local, number)
  }
}

const running = new Map<string, Promise<void>>()

/** One sending at a time a sitting; a second call waits for the first and sends what came meanwhile. */
export async function sendAll(one: Sitting): Promise<void> {
  const before = running.get(one.local) ?? Promise.resolve()
  const mine = before.catch(() => undefined).then(() => attempt(one))
  running.set(one.local, mine)
  return mine
}

async function attempt(one: Sitting): Promise<void> {
  const late = setTimeout(() => { saving.value = 'waiting' }, PATIENCE_MS)
  try {
    await send(one)
    wentThrough()
    if (saving.value === 'waiting') saving.value = 'on'
  } catch (failure) {
    if (failure instanceof Problem && !ENDED.includes(failure.code)) {
      saving.value = 'waiting'
      failed(failure)
      throw failure
    }
    await forget(one)
    throw failure instanceof Ended ? failure : new Ended('the server takes no more')
  } finally {
    clearTimeout(late)
  }
}
