export default {
  title: 'Vouchers', one: 'Voucher', mine: 'My vouchers', available: 'You may take',
  none: 'No vouchers now', none_detail: 'When a health check or other service is given away, it will be here.',
  take: 'Take', provider: 'Given by', use_by: 'Use until', until: 'Use until {day}', left: 'Left', left_of: '{left} of {limit}',
  uses: 'Uses left', uses_left: '{n} uses left', show: 'Show it where the service is given',
  qr: 'QR code of the number', used_at: 'Used on {day}', state: { ready: 'Ready', used: 'Used', over: 'Over' },
  gift: 'A voucher is a service given to you. It lowers no premium, cannot be turned into money, and needs no purchase.',
}
