export default {
  title: '合不合适', lead: '长期保险要交很多年。先看看合不合适，一分钟。', purpose: '主要想解决什么？', existing: '同样的保障，现在有多少？',
  purposes: { family: '我不在了，家人有钱用', illness: '生大病有钱治', pension: '老了有钱花', heirs: '留一笔给家人', soon: '这笔钱几年内要用' },
  existings: { none: '没有', some: '有一点', enough: '已经够了' },
  income: '家里一年收入多少？', income_hint: '全家税后加起来，大概的数就行', budget_yearly: '这份保险，打算一年花多少？', budget_once: '这份保险，打算一共花多少？', budget_hint: '这份保费是 ¥{sum}', yuan: '元', wan: '约 {n} 万元',
  keep: '留着这些回答，12 个月内再买不用重填', keep_detail: '加密保存，随时可以删', sealed: '回答加密保存，只用来看合不合适。这次投保的记录按法律要保留。', earlier: '这是你 {on} 留的回答', forget: '删掉', fill: '先答完四个问题', same: '没有变化，继续', go: '看结果',
  advice: { title: '我们建议你不要投保', why: '原因', stop: '停止投保', stop_free: '停下来不花一分钱，填过的家人资料都在。', go_on: '仍要投保', other: '换个保额或换一款看看', yours: '本人声明', yours_detail: '这是你自己的决定，要本人签名。', by_law: '按规定，这类产品要先签这份声明才能出单。', sign: '签名确认', first: '先签名' },
  stopped: { title: '已停止投保', detail: '没有扣款，也不会再提醒你买。', again: '看看别的', home: '回首页' },
  duplicate: { title: '已经有同类保障', lead: '报销型不能重复赔：同一笔费用只报一次。', drop: '不买这份', go: '我知道了，继续' },
  care: { title: '先看这几句话', person: '先和人说说', person_detail: '打电话问清楚再决定', listen: '读给我听', pause: '停一下', later: '下次再说', go: '我看明白了，继续', expired_ok: '不用急。价格过期了再算一次就行。' },
  large: { offer: '字太小？', detail: '换成大字，随时能换回来', on: '换成大字' },
  call: {
    title: '新保单回访', row: '回访：答几个问题', row_detail: '{day} 及以前退保，保费全退', overdue_detail: '还没有完成', unclear_detail: '有不清楚的，可以先问人', lead: '确认你买的和你想的一样。{day} 当天及以前退保，保费全退。', yes: '是', unclear: '不是，或不清楚', fill: '先答完每个问题', send: '提交', done: '回访完成', done_detail: '记录已留存。以后有疑问，服务页随时能找到人。', see: '看保单',
    explain: '不清楚的，先弄明白', explain_detail: '我们的人会给你打电话。也可以现在就问，或直接退保。', phone: '打电话问', leave: '退保，看能退多少', again: '弄明白了，重新答', over: '这次回访已结束', over_detail: '不用再做什么。',
  },
}
