import type { Schemas } from '@/api/types'

export type Story = Schemas['ReferralStory']
export type MedicalPaper = Schemas['MedicalPaper']
export type ReadItem = Schemas['ReadItem']
export type Offer = Schemas['Offer']

export type Box = readonly [x: number, y: number, width: number, height: number]

export function boxOf(item: ReadItem): Box | undefined {
  const [x, y, width, height] = item.box
  return x === undefined || y === undefined || !width || !height ? undefined : [x, y, width, height]
}

/** Kinds whose values the machine reads: a health check, a laboratory's sheet, a discharge summary. */
export const REPORT_KINDS = ['health_report', 'lab_report', 'discharge_summary'] as const
export const ACCEPT = 'image/*,application/pdf'
