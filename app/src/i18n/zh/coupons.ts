export default {
  title: '服务券', one: '服务券', mine: '我的服务券', available: '可以领取',
  none: '现在没有服务券', none_detail: '有体检、咨询等服务可以领取时，会放在这里。',
  take: '领取', provider: '服务方', use_by: '有效期至', until: '{day} 前可用', left: '剩余', left_of: '{left} / {limit}',
  uses: '剩余次数', uses_left: '还可用 {n} 次', show: '到店出示给服务方',
  qr: '券号的二维码', used_at: '{day} 使用', state: { ready: '可使用', used: '已用完', over: '已过期' },
  gift: '服务券是赠送的服务，不能抵保费、不能兑钱，买不买保险都一样。',
}
