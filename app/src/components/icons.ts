/** Line icons of one family: 24 × 24, stroke 1.6, round ends. Each is the inside of its `<svg>`, as shapes. */
type Shape = readonly [tag: 'path' | 'circle' | 'rect', attributes: Record<string, string | number>]

const p = (d: string): Shape => ['path', { d }]
const c = (cx: number, cy: number, r: number): Shape => ['circle', { cx, cy, r }]
const box = (x: number, y: number, width: number, height: number, rx = 1.5): Shape => ['rect', { x, y, width, height, rx }]

export const icons = {
  home: [p('M4 11l8-7 8 7v8.500a.5.5 0 0 1-.5.5H15v-6H9v6H4.500a.5.5 0 0 1-.5-.5z')],
  products: [box(4, 4, 7, 7), box(13, 4, 7, 7), box(4, 13, 7, 7), box(13, 13, 7, 7)],
  policy: [p('M6 3.500h8.500L19 8v12.500H6z'), p('M14 3.500V8.500h5M9 13h7M9 16.500h5')],
  chat: [p('M4 5h16v11.500h-8.500L7 20v-3.500H4z'), p('M8.5 10.800h.01M12 10.800h.01M15.5 10.800h.01')],
  person: [c(12, 8.5, 4), p('M4.5 20.500c.8-4 3.7-6 7.5-6s6.7 2 7.5 6')],
  people: [c(9, 8.5, 3.5), p('M2.8 19.500c.6-3.5 2.9-5.3 6.2-5.300s5.6 1.8 6.2 5.300M15.5 5.300a3.5 3.5 0 0 1 0 6.400M17.5 14.700c2 .7 3.3 2.3 3.7 4.8')],
  back: [p('M15 5l-7 7 7 7')],
  forward: [p('M9 5l7 7-7 7')],
  down: [p('M5 9l7 7 7-7')],
  up: [p('M5 15l7-7 7 7')],
  close: [p('M6 6l12 12M18 6L6 18')],
  share: [p('M12 15V4M8 7.500L12 4l4 3.500M5 12v8h14v-8')],
  search: [c(11, 11, 6.5), p('M16 16l4.5 4.5')],
  filter: [p('M4 7h10M18 7h2M4 17h2M10 17h10'), c(16, 7, 2), c(8, 17, 2)],
  camera: [p('M4 8h4l1.5-2.500h5L16 8h4v11H4z'), c(12, 13.3, 3.3)],
  phone: [p('M5 4h4l1.5 4.5-2.3 1.700a11 11 0 0 0 5.6 5.600l1.7-2.300L20 15v4a1.5 1.5 0 0 1-1.6 1.500C11 20 4 13 3.5 5.600A1.5 1.5 0 0 1 5 4z')],
  tick: [p('M5 12.500l4.5 4.500L19 7.5')],
  good: [c(12, 12, 8.5), p('M8 12.300l2.8 2.800L16 9.5')],
  bad: [c(12, 12, 8.5), p('M9 9l6 6M15 9l-6 6')],
  clock: [c(12, 12, 8.5), p('M12 7.500V12l3 2')],
  calendar: [box(4, 5.5, 16, 15), p('M4 10h16M8.5 3.500v4M15.5 3.500v4')],
  ask: [c(12, 12, 8.5), p('M9.7 9.700a2.3 2.3 0 1 1 3.4 2c-.8.5-1.1.9-1.1 1.900M12 16.500h.01')],
  info: [c(12, 12, 8.5), p('M12 11v5.500M12 7.800h.01')],
  warn: [p('M12 4l9 16H3z'), p('M12 10v4.500M12 17.200h.01')],
  table: [box(4, 5, 16, 14), p('M4 10h16M4 14.500h16M10 5v14')],
  leave: [p('M10 5H5v14h5M14 8l4 4-4 4M9 12h9')],
  pause: [c(12, 12, 8.5), p('M10 9v6M14 9v6')],
  bank: [p('M4 9.500L12 4l8 5.500zM5 20h14M7 12.500V17M12 12.500V17M17 12.500V17')],
  download: [p('M12 4v11M8 11.500L12 15l4-3.500M5 20h14')],
  pen: [p('M4 20l1-4.500L16 4.500l3.5 3.500L8.5 19z'), p('M13.5 7l3.5 3.5')],
  seal: [p('M12 3.200l2.3 1.9 3-.3.9 2.8 2.5 1.6-1 2.8 1 2.8-2.5 1.6-.9 2.8-3-.3L12 20.800l-2.3-1.9-3 .3-.9-2.8-2.5-1.6 1-2.8-1-2.8 2.5-1.6.9-2.8 3 .3z'), p('M8.7 12.200l2.3 2.3 4.3-4.5')],
  shield: [p('M12 3.500l7.5 3v5.500c0 4.5-3 7.3-7.5 8.5-4.5-1.2-7.5-4-7.5-8.500V6.500z')],
  family: [c(8, 8, 3), c(16, 8, 3), p('M3 19c.4-3.8 2.2-5.8 5-5.800s4.6 2 5 5.800M13 14.500c.8-.9 1.8-1.3 3-1.3 2.8 0 4.6 2 5 5.8')],
  plus: [p('M12 5v14M5 12h14')],
  minus: [p('M5 12h14')],
  compare: [p('M8 4v16M16 4v16M4 8h8M12 16h8')],
  bell: [p('M6 16.500V11a6 6 0 0 1 12 0v5.500l1.5 2h-15zM10 21h4')],
  settings: [p('M4 7h10M18 7h2M4 17h2M10 17h10'), c(16, 7, 2), c(8, 17, 2)],
  cloudOff: [p('M4 4l16 16M8.5 8.300A5.5 5.5 0 0 1 17.3 11 4 4 0 0 1 19.5 18M15.5 18.500H7a4 4 0 0 1-.9-7.9')],
  trash: [p('M5 7h14M9.5 7V4.500h5V7M7 7l.8 13h8.400L17 7M10.5 11v5.500M13.5 11v5.5')],
  medical: [p('M4 20.500V8l8-4.500L20 8v12.500z'), p('M12 9v6M9 12h6')],
  accident: [p('M12 3.500l7.5 3v5.500c0 4.5-3 7.3-7.5 8.5-4.5-1.2-7.5-4-7.5-8.500V6.500z'), p('M12.8 7.500l-3 5h4.400l-3 4.5')],
  car: [p('M4 16.500v-4l2-5.500h12l2 5.500v4z'), p('M4 12.500h16M6 16.500V19M18 16.500V19M7.5 14.600h.01M16.5 14.600h.01')],
  travel: [p('M3.5 13.500l17-8-5.5 15-3.5-6z'), p('M11.5 14.500l4-4')],
  house: [p('M4 11l8-7 8 7M6 9.500V20h12V9.5'), p('M10 20v-5.500h4V20')],
  pet: [p('M8 16.500c0-2.5 2-4.5 4-4.500s4 2 4 4.500c0 1.8-1.2 2.7-2.5 2.7-.7 0-1-.2-1.5-.2s-.8.2-1.5.2C9.2 19.2 8 18.3 8 16.500z'), c(5.5, 11.5, 1.5), c(9.3, 7, 1.5), c(14.7, 7, 1.5), c(18.5, 11.5, 1.5)],
  shopping: [p('M5 8h14l1 12.500H4z'), p('M8.5 10.500V7a3.5 3.5 0 0 1 7 0v3.5')],
  basket: [p('M4 9.500h16l-1.8 10.500H5.8z'), p('M8 9.500L10.500 4M16 9.500L13.500 4M10 13v3.500M14 13v3.5')],
  pension: [c(12, 12, 8.5), p('M8.8 7.500L12 12l3.2-4.500M12 12v5M9.2 12.300h5.600M9.2 14.700h5.6')],
  ride: [c(6, 16, 3.8), c(18, 16, 3.8), p('M6 16l3.5-7h5.500l3 7M9.5 9l3 7M8 6.500h3M15 9V6.500h2.5')],
  ticket: [p('M4 7h16v3.500a1.500 1.500 0 0 0 0 3V17H4v-3.500a1.500 1.500 0 0 0 0-3z'), p('M14.500 7v2M14.500 11v2M14.500 15v2')],
  key: [c(8, 15.5, 4), p('M10.9 12.600L19.5 4M15.5 8l3 3M12.8 10.700l2 2')],
  screen: [box(6.5, 3, 11, 18, 2), p('M13.5 3l-2.500 5.500 3 2-3.500 4.500M17.5 9l-3.500 1.5')],
  account: [box(3.5, 6, 17, 12), p('M3.5 10h17M14 14.500h3M7 14.300l1.3 1.300L10.8 13')],
  goods: [p('M4 8l8-4.500L20 8v8.500l-8 4.500-8-4.500z'), p('M4 8l8 4.500L20 8M12 12.500V21M8 5.700l8 4.600')],
  parcel: [p('M4 8l8-4.500L20 8v8.500l-8 4.500-8-4.500z'), p('M15.5 13H9.500l2-2M9.5 13l2 2')],
  plane: [p('M4 19.500h16M4.5 12.500l3 1 4-1.5-5-6.500 2-.6 7.500 5 3.200-1.100c1.500-.5 2.600.8.9 1.700L8.500 16l-4-.8z')],
  heart: [p('M12 20s-7.5-4.3-7.5-10A4.2 4.2 0 0 1 12 7.3 4.2 4.2 0 0 1 19.5 10c0 5.7-7.5 10-7.5 10z'), p('M5.5 12.500h3.500l1.5-3 2.500 5 1.5-2h4')],
  elder: [c(10, 6.5, 2.8), p('M5.5 20.500v-5a4.500 4.500 0 0 1 9 0v5M18 20.500v-8a1.8 1.8 0 0 0-3.500-.6')],
  estate: [p('M5 20.500c7-1 12-6 14-16-9 1-14 6-14 13z'), p('M5 20.500c2-5 5-8 9-10.500')],
  plate: [box(3, 7.5, 18, 9), p('M6.5 12h3M12 10.500v3M15 10.500v3M18 10.500v3')],
  handshake: [p('M3 8.500l4-2 5 1.5 5-1.5 4 2v7l-3 1-5 3.500-6-3.500-4-1z'), p('M12 8l-3.500 3c1.5 1.5 3 1 4.500 0l4 4')],
  life: [p('M12 20s-7.5-4.3-7.5-10A4.2 4.2 0 0 1 12 7.3 4.2 4.2 0 0 1 19.5 10c0 5.7-7.5 10-7.5 10z')],
} satisfies Record<string, readonly Shape[]>

export type IconName = keyof typeof icons

/** The icon of a scene or line the server names; an unknown one is a plain shield. */
export function sceneIcon(code: string): IconName {
  const named: Record<string, IconName> = {
    home: 'house', term_life: 'life', whole_life: 'estate', annuity: 'pension', critical: 'heart', critical_illness: 'heart', elder_care: 'elder', sudden_death: 'clock',
    compulsory_motor: 'plate', commercial_motor: 'car', shared_car: 'key', flight_delay: 'plane',
    freight_return: 'parcel', goods_quality: 'goods', broken_screen: 'screen', account_security: 'account', credit_guarantee: 'handshake',
  }
  return named[code] ?? (code in icons ? (code as IconName) : 'shield')
}
