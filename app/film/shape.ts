/** What a film is made of, as the desk sends it and as an exported file carries it. */
export interface FilmPage { at: number; kind: string; name: string; page: string; version: string; shown: Record<string, string> }
/** The events of rrweb as they come: any JSON, looked at before it is played. */
export type Raw = Record<string, unknown> & { type: number; timestamp: number; data: Record<string, unknown> }
export interface Reel { id: string; head: string; state: string; styles: Record<string, string>; pages: FilmPage[]; events?: Raw[]; parts?: string[] }
export interface Proof { opening: string; leaf: string; index: number; size: number; path: string[]; root: string; checkpoint: string }
export interface Film {
  title: string
  facts: string[]
  kinds: { kind: string; name: string; recorded: boolean }[]
  reels: Reel[]
  timeline: { at: number; what: string }[]
  findings: string[]
  removed: number
  proof: Proof | null
  styleBase?: string
  sheets?: Record<string, string>
}
