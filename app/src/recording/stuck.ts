import { ref } from 'vue'

/**
 * Whether this device can keep the record at all. `unsupported`: the browser lacks what the recorder needs.
 * `sending`: nothing reaches the server although the device is connected. Then the purchase goes on elsewhere.
 */
export type Stuck = '' | 'unsupported' | 'sending'
export const stuck = ref<Stuck>('')

/** The recorder itself does not run here; trying again changes nothing. */
export class Unsupported extends Error {}

/** So many failures in a row, some seconds apart, are no passing trouble. */
const MOST_TRIES = 3
const APART_MS = 2_000
let tries = 0
let last = -APART_MS

/** A device without a line is not stuck: it goes on by itself when it is connected. */
export function failed(failure: unknown): void {
  if (failure instanceof Unsupported) {
    stuck.value = 'unsupported'
    return
  }
  if (!navigator.onLine || performance.now() - last < APART_MS) return
  last = performance.now()
  tries += 1
  if (tries >= MOST_TRIES && !stuck.value) stuck.value = 'sending'
}

export function wentThrough(): void {
  tries = 0
  if (stuck.value === 'sending') stuck.value = ''
}
