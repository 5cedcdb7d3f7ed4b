export default {
  title: '缴费计划', open: '缴费计划', open_detail: '每一期的日子和金额，扣款账户，现在付款',
  next: { deduction: '下次扣款', hand: '下次应交', by_deduction: '到那天从签约账户扣，提前 {n} 天短信告诉你', by_hand: '不会自动扣款，请在这里付', late: '已到期，还没有交', done: '后面没有要交的保费', stopped: '这份保单不再收保费' },
  pay_now: '现在付', paying: '正在打开收银台', items: '每一期', nth: '第 {n} 期', all: '全部 {n} 期', fewer: '收起',
  state: { paid: '已交', planned: '未到期', due: '待交', charging: '银行扣款中', checking: '付款确认中', owed: '中止期间欠交', dropped: '不再收取' },
  until: '保障到 {day} 不变', on: '{day} 交',
  account: '自动扣款', consent_on: '你已同意扣款', consent_off: '没有同意扣款', consent_off_detail: '没有你的同意，一分钱也不会扣', allow: '同意扣款', stop: '停止扣款', stop_detail: '一步停止，已付的保障不受影响；下一期请自己付', stopping: '正在停止',
  bound: '{bank} {number}', bound_since: '{day} 签约', none: '还没有绑定扣款账户', none_detail: '在银行页面签约，随时可以解除', waiting: '还没有在银行签好', ended: '签约已解除',
  bind: '去银行签约', replace: '换一个账户', unbind: '解除签约', checking: '正在向银行核对签约', skip: '不绑定也可以：到期前短信提醒，你自己付。',
  grace: '逾期怎么办', grace_detail: '到期后有 {n} 天宽限期，保障照样有效。期满仍未交，长期险中止、一年期的终止。',
  suspended: { title: '保障已中止', since: '{day} 起因保费未交中止，其间发生的事故不赔', until: '{day} 前可以复效', owed: '复效要补交', how: '申请复效', pay: '补交并恢复保障', paying: '正在打开收银台', asked: '复效申请已收到', asked_detail: '核保员 {day} 前答复你', allowed: '已同意复效', allowed_detail: '请在 {day} 前补交，付款当天恢复保障', declined: '没有同意复效', decided_by: '{name} 答复', again: '再申请一次', over: '中止已满两年，不能再复效；合同终止时现金价值原路退回', person: '对结论有疑问？请人复核' },
  ask: { title: '申请复效', lead: '复效后从付款那天起恢复保障。中止期间发生的事故不赔。', health: '从投保到现在，被保险人的健康有变化吗？', same: '没有变化', changed: '有变化', what: '有什么变化', what_hint: '例如：2026 年 5 月做过胃镜，结果正常', consent: '我同意保险公司为办理复效查看我在这里填写的健康变化', send: '提交申请', sending: '正在提交', person: '由核保员本人决定，不是机器' },
  set_up: '设置自动扣款', paid_later: '后面还有 {n} 期，可以绑定账户自动扣，也可以到期自己付。', back: '回到缴费计划', closed: '钱包确认没有扣款，保障没有变化，可以重新付款。', received: '已收到这期保费',
}
