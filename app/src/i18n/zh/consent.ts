export default {
  title: '被保险人同意', first: '先确认是你本人', first_detail: '有一份以你为被保险人的保险在等你的意见。看内容之前，我们给你的手机发一个验证码。', phone: '你的手机', code: '短信验证码', code_again: '再发一次', send_code: '发验证码', open: '看内容', until: '这个链接 {at} 前有效，只能回答一次。',
  proposal: { ask: '{holder} 想给你买这份保险，你同意吗？', means: '你同意后，投保人才能签名付款。不同意就不会投保，对你没有任何影响。' },
  beneficiaries: { ask: '{holder} 想改这份保单的受益人，你同意吗？', means: '你同意后立即生效。不同意就不改，原来的受益人不变。' },
  holder: '谁来买、谁付钱', insured: '保的是谁', sum: '身故保额', words: '同意的内容', sign: '想签上名字？（可以不签）', yes: '同意', no: '不同意',
  agreed: '已记下：你同意', agreed_detail: '{holder} 可以继续了。你可以关掉这一页。', refused: '已记下：你不同意', refused_detail: '不会投保，也不会变更。你可以关掉这一页。',
  needs: '要 {name} 自己同意', why: '为另一位成年人投保身故保障，要本人知道并同意保额和受益人。我们发一个链接到 TA 的手机，由 TA 自己回答。', has: '{name} 已同意', has_at: '{at} 在自己的手机上同意', capable: '{name} 能自己看懂并作决定吗？', capable_yes: '能', capable_no: '不能',
  their_phone: 'TA 自己的手机号', their_phone_hint: '不能填你的号码。只用来发这个链接。', send: '发送链接', send_again: '重新发送', sent_at: '{at} 发出', said_no: '{name} 没有同意。可以商量后重新发送，或者不买。', meanwhile: '先看条款',
  link: { waiting: '已发出，等 TA 回答', expired: '链接已过期，请重新发送', void: '链接已作废，请重新发送', agreed: '已同意', refused: '没有同意' },
}
