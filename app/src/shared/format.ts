/** Amounts and days as the app writes them: ¥ with two decimals, days as 2026-11-22 in Asia/Shanghai. */

export function yuan(fen: number): string {
  const sign = fen < 0 ? '−' : ''
  const whole = Math.floor(Math.abs(fen) / 100)
  const cents = String(Math.abs(fen) % 100).padStart(2, '0')
  return `${sign}${String(whole).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}.${cents}`
}

const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit',
  hour: '2-digit', minute: '2-digit', second: '2-digit',
})

/** An ISO moment as "2026-11-22 14:06"; an ISO day stays as it is. */
export function moment(iso: string, seconds = false): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) return iso
  return parts.format(new Date(iso)).slice(0, seconds ? 19 : 16)
}

export function day(iso: string): string {
  return moment(iso).slice(0, 10)
}

/** The ISO day `count` days after `iso`. */
export function dayAfter(iso: string, count: number): string {
  const date = new Date(`${iso}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + count)
  return date.toISOString().slice(0, 10)
}

/** The size of a file as people read it: "312 KB", "1.4 MB". */
export function fileSize(bytes: number): string {
  const kilobytes = Math.ceil(bytes / 1024)
  return kilobytes < 1024 ? `${kilobytes} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
