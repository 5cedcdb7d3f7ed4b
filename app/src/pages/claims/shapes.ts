import type { Schemas } from '@/api/types'

export type Claim = Schemas['Claim']
export type Paper = Schemas['Paper']
export type ReadField = Schemas['ReadField']
export type NeededPaper = Schemas['NeededPaper']

/** A field with the number it carries on the picture and in the list. */
export interface NumberedField extends ReadField {
  number: number
}

/** x, y, width, height in 1/10,000 of the picture's sides. */
export type Box = readonly [x: number, y: number, width: number, height: number]

export const WHOLE: Box = [0, 0, 10_000, 10_000]

export function boxOf(field: ReadField): Box | undefined {
  const [x, y, width, height] = field.box
  return x === undefined || y === undefined || !width || !height ? undefined : [x, y, width, height]
}

export function numbered(paper: Paper): NumberedField[] {
  return paper.fields.map((field, index) => ({ ...field, number: index + 1 }))
}

/** The smallest box around all of them with `margin` on each side, inside the picture. */
export function around(boxes: Box[], margin: number): Box {
  if (!boxes.length) return WHOLE
  const left = Math.max(0, Math.min(...boxes.map(([x]) => x)) - margin)
  const top = Math.max(0, Math.min(...boxes.map(([, y]) => y)) - margin)
  const right = Math.min(10_000, Math.max(...boxes.map(([x, , width]) => x + width)) + margin)
  const bottom = Math.min(10_000, Math.max(...boxes.map(([, y, , height]) => y + height)) + margin)
  return [left, top, right - left, bottom - top]
}

/** A box over most of the width takes all of it: half a word at the edge reads worse than none. */
export function wide([x, y, width, height]: Box): Box {
  return width > 5_500 ? [0, y, 10_000, height] : [x, y, width, height]
}

/**
 * `box` grown or cut around `focus` until width : height (in pixels of a picture of the ratio `picture`) is at least
 * `least` and at most `most`. Stays inside the picture where it can.
 */
export function shaped(box: Box, focus: Box, picture: number, least: number, most: number): Box {
  let [x, y, width, height] = box
  const ratio = (width * picture) / height
  if (ratio < least) {
    const wanted = Math.round((width * picture) / least)
    y = clamp(focus[1] + focus[3] / 2 - wanted / 2, y, y + height - wanted)
    height = wanted
  } else if (ratio > most) {
    const wanted = Math.min(10_000, Math.round((width * picture) / most))
    y = clamp(y + height / 2 - wanted / 2, 0, 10_000 - wanted)
    height = wanted
    if ((width * picture) / height > most) {
      const narrow = Math.round((most * height) / picture)
      x = clamp(focus[0] + focus[2] / 2 - narrow / 2, x, x + width - narrow)
      width = narrow
    }
  }
  return [x, y, width, height]
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), Math.max(least, most)))
}

/** Yuan as a customer types them ("86", "1,286.40") → fen; undefined for what is no amount. */
export function fenOf(typed: string): number | undefined {
  const plain = typed.replace(/[\s,，¥￥元]/g, '')
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(plain)
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : undefined
}
