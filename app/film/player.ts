import { Replayer } from '@rrweb/replay'
import '@rrweb/replay/dist/style.css'
import './player.css'
import { HELD_STYLE, neutral } from './neutral'
import type { Film, FilmPage, Raw, Reel } from './shape'
import { verify } from './verify'

/** A sale as a film: the phone's pages on the left, what happened on the right. It draws data, it never runs any. */
interface Step { at: number; what: string; kind?: string; reel?: Reel; page?: FilmPage }

const LOOK_MS = 1_500
const stage = document.getElementById('film') as HTMLElement
let replayer: Replayer | undefined
let playing: Reel | undefined
let clock: ReturnType<typeof setInterval> | undefined
let seeking = false
const prepared = new Map<string, Raw[]>()

function make<K extends keyof HTMLElementTagNameMap>(tag: K, className = '', text = ''): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag)
  node.className = className
  node.textContent = text
  return node
}

const moment = (at: number) => new Intl.DateTimeFormat('zh-CN', { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false, timeZone: 'Asia/Shanghai' }).format(at)

/** Marks of the same page that follow each other are one page; what they show comes together. */
function pagesOf(reel: Reel): FilmPage[] {
  const found: FilmPage[] = []
  for (const page of reel.pages) {
    const last = found[found.length - 1]
    if (last && last.kind === page.kind && last.page === page.page) last.shown = { ...last.shown, ...page.shown }
    else found.push({ ...page, shown: { ...page.shown } })
  }
  return found
}

function stepsOf(film: Film): Step[] {
  const pages = film.reels.flatMap((reel) => pagesOf(reel).map((page) => ({ at: page.at, what: page.name, kind: page.kind, reel, page })))
  return [...pages, ...film.timeline].sort((one, other) => one.at - other.at)
}

function addresses(film: Film): (digest: string) => string | undefined {
  const held = new Map<string, string>()
  return (digest) => {
    if (film.styleBase) return `${film.styleBase}${digest}.css`
    const sheet = film.sheets?.[digest]
    if (sheet === undefined) return undefined
    if (!held.has(digest)) held.set(digest, URL.createObjectURL(new Blob([sheet], { type: 'text/css' })))
    return held.get(digest)
  }
}

/** A part that was changed may not even be read: the rest still plays, and the verdict says what is wrong. */
function readable(part: string): Raw[] {
  try {
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0)))) as Raw[]
  } catch {
    return []
  }
}

function eventsOf(reel: Reel, addressOf: (digest: string) => string | undefined): Raw[] {
  if (reel.parts) {
    reel.events = reel.parts.flatMap(readable)
  }
  if (!prepared.has(reel.id)) prepared.set(reel.id, neutral(reel, addressOf))
  return prepared.get(reel.id) ?? []
}

const held = {
  onBuild(node: unknown): void {
    if (!(node as Element).getAttribute) return
    const style = (node as Element).getAttribute?.(HELD_STYLE)
    if (style) (node as HTMLElement).style.cssText = style
  },
}

function show(reel: Reel, screen: HTMLElement, addressOf: (digest: string) => string | undefined): boolean {
  if (playing === reel) return true
  replayer?.destroy()
  screen.replaceChildren()
  playing = reel
  replayer = undefined
  const events = eventsOf(reel, addressOf)
  if (events.length < 2) {
    screen.append(make('p', 'empty', reel.state === 'destroyed' ? '已到期删除，画面不再保留' : '这份记录打不开'))
    return false
  }
  replayer = new Replayer(events as never, { root: screen, skipInactive: true, mouseTail: false, showWarning: false, plugins: [held], loadTimeout: 3_000, useVirtualDom: false }) // a virtual document would write styles as text
  // Stylesheets that come late make the player go on by itself from where it was put: it stays there until asked.
  replayer.on('start', () => { if (!clock && !seeking) replayer?.pause() })
  replayer.on('resize', (size) => fit(screen, size as { width: number; height: number }))
  return true
}

function put(offset: number): void {
  seeking = true
  replayer?.pause(offset)
  seeking = false
}

/** The phone's screen within the place there is. */
function fit(screen: HTMLElement, size: { width: number; height: number }): void {
  const wrapper = replayer?.wrapper
  if (!wrapper || !size.width) return
  const scale = Math.min(screen.clientWidth / size.width, screen.clientHeight / size.height, 1)
  wrapper.style.transform = `scale(${scale})`
  wrapper.style.transformOrigin = 'top left'
  wrapper.style.position = 'absolute'
  wrapper.style.left = `${Math.max(0, (screen.clientWidth - size.width * scale) / 2)}px`
  wrapper.style.top = '0'
}

function draw(film: Film): void {
  const addressOf = addresses(film)
  const screen = make('div', 'film-screen')
  screen.setAttribute('data-testid', 'film-screen')
  const bar = make('div', 'film-bar')
  const play = make('button', 'film-play', '播放')
  play.type = 'button'
  const place = make('input', 'film-place')
  Object.assign(place, { type: 'range', min: '0', value: '0' })
  place.setAttribute('aria-label', '位置')
  const time = make('span', 'film-time')
  bar.append(play, place, time)
  const caption = make('p', 'film-caption')
  caption.setAttribute('aria-live', 'polite')
  caption.setAttribute('data-testid', 'film-caption')
  const left = make('section', 'film-left')
  left.append(screen, bar, caption)

  const steps = stepsOf(film)
  const list = make('ol', 'film-steps')
  const buttons = steps.map((step) => {
    const item = make('li', step.page ? 'page' : 'fact')
    const when = make('time', '', moment(step.at))
    const what = step.page ? make('button', '', step.what) : make('span', '', step.what)
    if (step.page) {
      what.setAttribute('type', 'button')
      what.setAttribute('data-kind', step.kind ?? '')
    }
    item.append(when, what)
    const shown = Object.entries(step.page?.shown ?? {}).map(([name, value]) => `${name} ${value.slice(0, 16)}`)
    if (step.page) item.append(make('small', '', [`版本 ${step.page.version.slice(0, 12)}`, ...shown].join(' · ')))
    list.append(item)
    return { step, item, what }
  })

  const until = (step: Step) => {
    const own = buttons.filter((one) => one.step.reel === step.reel).map((one) => one.step.at).filter((at) => at > step.at)
    return Math.min(...own, Infinity)
  }
  function jump(step: Step): void {
    if (!step.reel || !step.page) return
    const good = show(step.reel, screen, addressOf)
    caption.textContent = `${step.what} · 页面版本 ${step.page.version}`
    for (const one of buttons) one.item.toggleAttribute('data-now', one.step === step)
    if (!good || !replayer) return
    const begin = eventsOf(step.reel, addressOf)[0]?.timestamp ?? step.at
    const offset = Math.max(0, Math.min(step.at + LOOK_MS, until(step) - 1) - begin)
    rest()
    put(offset)
    settle(offset)
  }
  function settle(offset: number): void {
    const total = replayer?.getMetaData().totalTime ?? 0
    place.max = String(total)
    place.value = String(offset)
    time.textContent = `${Math.round(offset / 1000)} / ${Math.round(total / 1000)} 秒`
  }
  function rest(): void {
    clearInterval(clock)
    clock = undefined
    play.textContent = '播放'
  }
  play.addEventListener('click', () => {
    if (!replayer) return
    if (clock) { replayer.pause(); return rest() }
    play.textContent = '暂停'
    clock = setInterval(() => {
      const now = replayer?.getCurrentTime() ?? 0
      settle(Math.min(now, Number(place.max)))
      if (now >= Number(place.max)) rest()
    }, 250)
    replayer.play(Number(place.value))
  })
  place.addEventListener('input', () => { rest(); put(Number(place.value)); settle(Number(place.value)) })
  for (const { step, what } of buttons) what.addEventListener('click', () => jump(step))

  const kinds = make('nav', 'film-kinds')
  kinds.setAttribute('aria-label', '八类页面')
  for (const one of film.kinds) {
    const first = buttons.find((button) => button.step.kind === one.kind)
    const button = make('button', one.recorded ? '' : 'missing', one.recorded ? one.name : `${one.name}（缺）`)
    button.type = 'button'
    button.disabled = !first
    button.setAttribute('data-testid', `film-kind-${one.kind}`)
    button.addEventListener('click', () => first && jump(first.step))
    kinds.append(button)
  }

  const right = make('section', 'film-right')
  const head = make('header')
  head.append(make('h1', '', film.title), ...film.facts.map((fact) => make('p', 'film-fact', fact)))
  const verdict = make('div', `film-verdict ${film.findings.length ? 'bad' : 'good'}`)
  verdict.setAttribute('role', 'status')
  verdict.setAttribute('data-testid', 'film-verdict')
  const told = film.findings.length ? film.findings : ['记录完整，和存证一致']
  verdict.append(...told.map((line) => make('p', '', line)))
  if (film.removed) verdict.append(make('p', '', `为安全去掉了 ${film.removed} 处可执行内容`))
  right.append(head, verdict, kinds, list)
  stage.replaceChildren(left, right)
  if (film.reels.some((reel) => reel.parts)) void verify(film).then((found) => {
    verdict.className = `film-verdict ${found.good && !film.findings.length ? 'good' : 'bad'}`
    verdict.replaceChildren(...[...film.findings, ...found.lines].map((line) => make('p', '', line)))
    verdict.dataset.verified = found.good ? 'yes' : 'no'
  })
  const first = buttons.find((one) => one.step.page)
  if (first) jump(first.step)
  window.addEventListener('resize', () => { if (replayer) fit(screen, { width: Number(replayer.iframe.width), height: Number(replayer.iframe.height) }) })
  stage.dataset.ready = 'yes'
}

async function start(): Promise<void> {
  const inside = document.getElementById('film-data')
  if (inside) return draw(JSON.parse(inside.textContent ?? '') as Film)
  const answer = await fetch(stage.dataset.from ?? '', { credentials: 'same-origin' })
  if (!answer.ok) {
    stage.replaceChildren(make('p', 'empty', '打不开，请返回上一页写明原因再看'))
    return
  }
  draw((await answer.json()) as Film)
}

// The frame of a film is a document that never ends: begun before, it would keep this page loading for ever.
if (document.readyState === 'complete') void start()
else window.addEventListener('load', () => void start())
