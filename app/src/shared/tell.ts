import { showToast } from 'vant/es/toast'
import { nextTick } from 'vue'

/** A short message that leaves by itself; long enough to read twice. It is news, not a dialog one must answer. */
export function tell(message: string): void {
  showToast({ message, duration: Math.max(2400, message.length * 120), wordBreak: 'normal', position: 'bottom' })
  void nextTick(() => document.querySelector('.van-toast')?.setAttribute('role', 'status'))
}
