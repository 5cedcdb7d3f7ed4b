import type { Raw, Reel } from './shape'

/** As the server does before it sends a film; an exported file carries what was recorded, so it is done here again. */
const ACTIVE = ['script', 'iframe', 'frame', 'object', 'embed', 'applet', 'base', 'portal', 'meta', 'template']
const ADDRESSES = ['href', 'src', 'srcset', 'action', 'formaction', 'poster', 'data', 'xlink:href', 'background']

type Json = unknown
type Node = Record<string, Json>

const isNode = (value: Json): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

function acts(name: string, value: Json): boolean {
  if (name.startsWith('on') || name === 'srcdoc') return true
  if (!ADDRESSES.includes(name) || typeof value !== 'string') return false
  const address = value.replace(/\s/g, '').toLowerCase()
  const head = address.split('/')[0] ?? ''
  const scheme = head.includes(':') ? head.split(':')[0] ?? '' : ''
  return !['', 'http', 'https'].includes(scheme) && !address.startsWith('data:image/')
}

/** `style` as text would be refused by the policy of this page: it is set piece by piece once the element stands. */
export const HELD_STYLE = 'data-film-style'

function attributes(given: Node): Node {
  const kept: Node = {}
  for (const [name, value] of Object.entries(given)) {
    if (acts(name.toLowerCase(), value)) continue
    if (name === 'style' && typeof value === 'string') kept[HELD_STYLE] = value
    else kept[name] = value
  }
  return kept
}

/** A changed style as properties, the way rrweb tells smaller changes. */
function properties(style: string): Node {
  const probe = document.createElement('i')
  probe.style.cssText = style
  return Object.fromEntries([...probe.style].map((name) => [name, probe.style.getPropertyValue(name)]))
}

function changed(given: Node): Node {
  const kept = attributes(given)
  const style = kept[HELD_STYLE]
  delete kept[HELD_STYLE]
  return typeof style === 'string' ? { ...kept, style: properties(style) } : kept
}

function clean(value: Json, styleOf: (href: string) => string | undefined): Json {
  if (Array.isArray(value)) return value.map((one) => clean(one, styleOf))
  if (!isNode(value)) return value
  const tag = typeof value.tagName === 'string' ? value.tagName.toLowerCase() : ''
  if (ACTIVE.includes(tag)) return empty(value)
  if (tag === 'link') return link(value, styleOf)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => {
    if (key !== 'attributes' || !isNode(item)) return [key, clean(item, styleOf)]
    return [key, tag ? attributes(item) : changed(item)]
  }))
}

const empty = (node: Node): Node => ({ type: node.type, id: node.id, tagName: 'noscript', attributes: {}, childNodes: [] })

/** A stylesheet of the build, from where this player has it; every other link leads outside and is dropped. */
function link(node: Node, styleOf: (href: string) => string | undefined): Node {
  const given = isNode(node.attributes) ? node.attributes : {}
  const href = given.rel === 'stylesheet' && typeof given.href === 'string' ? styleOf(given.href) : undefined
  return href ? { type: node.type, id: node.id, tagName: 'link', attributes: { rel: 'stylesheet', href }, childNodes: [] } : empty(node)
}

export function neutral(reel: Reel, addressOf: (digest: string) => string | undefined): Raw[] {
  const styleOf = (href: string) => {
    const file = Object.keys(reel.styles).find((name) => href.endsWith(`/${name}`))
    return file ? addressOf(reel.styles[file] ?? '') : undefined
  }
  return (reel.events ?? []).map((event) => clean(event, styleOf) as Raw)
}
