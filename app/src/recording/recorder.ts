import { record } from '@rrweb/record'
import { saving, type Mark } from '.'
import * as soon from './soon'
import { Ended, put, sendAll } from './sending'
import { forget, keepPart, keepSitting, sitting, sittings, slot, type Sitting } from './store'
import { failed, Unsupported } from './stuck'

const SLOT = 'baohe.sitting'
const LEFT = 'baohe.sitting.left'
const CUT_BYTES = 24_000
const CUT_MS = 6_000
const AGAIN_MS = 5_000

/** Click, and what changes the page; no trail of the finger or the mouse. Pictures and drawings stay outside. */
const SAMPLING = {
  mousemove: false,
  mouseInteraction: { MouseUp: false, MouseDown: false, Click: true, ContextMenu: false, DblClick: false, Focus: false, Blur: false, TouchStart: false, TouchEnd: false },
  scroll: 400,
  media: 1_000,
  input: 'last',
} as const

let current: Sitting | undefined
let stop: (() => void) | undefined
const marks: Mark[] = []
let waiting: string[] = []
let size = 0
let cutting: Promise<void> = Promise.resolve()
let timer: ReturnType<typeof setTimeout> | undefined

/** Begin or go on. `product` begins a sitting of its own: a purchase starts here. */
export async function open(product?: string): Promise<void> {
  if (product !== undefined || !current) await turnTo(product)
  if (!stop) soon.plan(start)
  saving.value = saving.value === 'off' ? 'on' : saving.value
}

async function turnTo(product?: string): Promise<void> {
  if (current) {
    const last = current
    rest()
    current = undefined
    void cutting.then(() => sendAll(last)).catch(() => undefined)
  }
  const local = product === undefined ? slot.read(SLOT) : null
  current = (local && (await sitting(local))) || fresh(product ?? '')
  slot.write(SLOT, current.local)
  await takeUp(current)
}

/** The last part of the page before this one: a browser may drop what a page stores while it goes away, and the next
 * part must not take the number of one that the server has already. */
async function takeUp(mine: Sitting): Promise<void> {
  const left = slot.read(LEFT)
  slot.write(LEFT, null)
  if (!left) return
  const { local, number, events } = JSON.parse(left) as { local: string; number: number; events: string }
  if (local !== mine.local || number < mine.next) return
  await keepPart({ sitting: local, number, packed: false, body: new TextEncoder().encode(events) })
  mine.cut = Math.max(mine.cut, number + 1)
  await keepSitting(mine)
}

function fresh(product: string): Sitting {
  return { local: crypto.randomUUID?.() ?? `${Date.now()}.${Math.random()}`, id: '', product, next: 0, head: '', cut: 0 }
}

function start(): void {
  const begun = record({
    emit: (event) => take(JSON.stringify(event)),
    maskAllInputs: true, // no typed letter leaves the phone, only that something was typed
    maskInputFn: () => '',
    maskTextSelector: '[data-masked]',
    blockSelector: 'img,canvas,video,[data-unrecorded]',
    slimDOMOptions: 'all',
    inlineStylesheet: false, // the server has this build's stylesheets
    inlineImages: false,
    collectFonts: false,
    recordCanvas: false,
    sampling: SAMPLING,
  })
  if (!begun) {
    failed(new Unsupported('the recorder does not run here'))
    return
  }
  stop = begun
  for (const mark of marks.splice(0)) record.addCustomEvent('page', mark)
}

function take(event: string): void {
  waiting.push(event)
  size += event.length
  if (size > CUT_BYTES) void flush()
  else timer ??= setTimeout(() => void flush(), CUT_MS)
}

export const running = (): boolean => stop !== undefined || soon.planned()

/** A mark stands behind the first picture of its page. Another page is coming: that picture is taken before it goes. */
export function mark(mark: Mark): void {
  if (marks.some((one) => one.page !== mark.page)) soon.now()
  if (stop) record.addCustomEvent('page', mark)
  else if (soon.planned()) marks.push(mark)
}

/** Leave the purchase's pages: nothing is recorded until one of them opens again. */
export function rest(): void {
  soon.now()
  stop?.()
  stop = undefined
  saving.value = 'off'
  void flush()
}

/** Everything so far is with the server. Throws while it is not. */
export async function kept(): Promise<void> {
  if (!running()) await open()
  soon.now()
  await cut()
  if (!current) return
  try {
    await sendAll(current)
  } catch (failure) {
    if (!(failure instanceof Ended)) throw failure
    await again()
    await cut()
    if (current) await sendAll(current)
  }
}

/** The server takes no more of this sitting: record the open page anew in another. */
async function again(): Promise<void> {
  const product = current?.product ?? ''
  soon.forget()
  marks.length = 0
  stop?.()
  stop = undefined
  waiting = []
  size = 0
  current = fresh(product)
  slot.write(SLOT, current.local)
  start()
}

let retry: ReturnType<typeof setTimeout> | undefined

async function flush(): Promise<void> {
  const mine = current
  await cut()
  if (!mine) return
  clearTimeout(retry)
  try {
    await sendAll(mine)
  } catch (failure) {
    if (failure instanceof Ended && mine === current && stop) await again()
    else retry = setTimeout(() => void flush(), AGAIN_MS)
  }
}

/** Close what was taken as the next part of its sitting, whichever is current when it is packed. */
function cut(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  const [mine, events] = [current, waiting]
  waiting = []
  size = 0
  if (mine && events.length) cutting = cutting.then(() => close(mine, events))
  return cutting
}

async function close(mine: Sitting, events: string[]): Promise<void> {
  const plain = new TextEncoder().encode(`[${events.join(',')}]`)
  const number = mine.cut
  mine.cut += 1
  const packed = 'CompressionStream' in window
  await keepPart({ sitting: mine.local, number, packed, body: packed ? await gzip(plain) : plain })
  await keepSitting(mine)
}

async function gzip(plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([plain]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** The page goes away: one last part, sent by the browser after the page is gone. */
function leave(): void {
  soon.now()
  if (!current || waiting.length === 0) return
  const mine = current
  const events = `[${waiting.join(',')}]`
  const body = new TextEncoder().encode(events)
  const number = mine.cut
  const last = { sitting: mine.local, number, packed: false, body }
  waiting = []
  size = 0
  mine.cut += 1
  slot.write(LEFT, JSON.stringify({ local: mine.local, number, events }))
  void keepPart(last).then(() => keepSitting(mine))
  if (mine.id && mine.next === number && body.length < 60_000) void put({ ...mine }, last, true).catch(() => undefined)
}

document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') { soon.now(); void flush() } })
window.addEventListener('pagehide', leave)
window.addEventListener('online', () => void flush())

/** What an earlier visit left behind is sent; what never reached the server has no owner any more and is dropped. */
async function tidy(): Promise<void> {
  const here = slot.read(SLOT)
  for (const one of await sittings()) {
    if (one.local === here || one === current) continue
    if (one.id && one.next < one.cut) await sendAll(one).catch(() => undefined)
    else await forget(one)
  }
}

void tidy()
