import { showToast } from 'vant/es/toast'

/** A short message that leaves by itself; long enough to read twice. */
export function tell(message: string): void {
  showToast({ message, duration: Math.max(2400, message.length * 120), wordBreak: 'normal', position: 'bottom' })
}
