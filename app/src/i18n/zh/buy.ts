export default {
  title: '投保', step: '第 {n} 步，共 {total} 步：{name}', steps: { who: '给谁买', health: '健康告知', details: '投保信息', papers: '看条款、签名', pay: '付款' },
  who_title: '给谁买', who: '给谁买？', work_needed: '这款产品按职业定价，{name} 的职业还没填。', work_add: '补上职业', plan: '保障方案', price_changed: '价格按最新资料重新算过，请看下面的价格，确认后再点一次“下一步”。', choose_first: '先选被保险人',
  why_ask: '为什么问这个', health: '健康告知', questions: '投保问答', ask_person: '请人来看', quote_gone: '这份报价不在这台手机上', quote_gone_detail: '换了手机或清理过数据时会这样。重新选产品算一次，只要一分钟。',
  before_health: '先说清三件事', before_health_detail: '接下来最多 {n} 个问题，关于 {name} 的健康。',
  points: { asked: { title: '只答问到的', detail: '没问到的不用说，不知道的选“不确定”' }, person: { title: '机器不会拒绝你', detail: '拿不准的转给一位具名的核保员' }, sealed: { title: '回答加密保存', detail: '只用于这次核保和以后的理赔' } },
  health_consent: '我已取得被保险人同意，单独同意为“{insurer}”的核保和理赔处理健康信息。', start: '开始回答', tick_first: '勾选后开始', question_of: '第 {n} 问，共 {total} 问', insured: '被保险人', saved: '前 {n} 问已保存', only_asked: '只答问到的，没问到的不用说。按返回，已答的不会丢。', no_questions: '这款产品没有要问的', no_questions_detail: '可以直接往下走。',
  decision: '核保结果', premium: '保费合计', premium_before: '原价', left_out: '这些情况除外', reasons: '依据', reply_by: '最晚 {at} 答复', person_on_request: '不认同这个结果？', to_details: '填投保信息', back_home: '回首页',
  outcome: {
    accept: { title: '可以投保', detail: '按标准价格承保，没有附加条件。' }, load: { title: '可以投保，保费上浮 {percent}%', detail: '因为下面的原因，保费比标准价高 {percent}%。' }, exclude: { title: '可以投保，个别情况除外', detail: '其他保障照常，除外的部分写在下面。' },
    refer: { title: '请核保员来看', detail: '回答已保存，不会丢。有结果后短信告诉你，也可以随时回到这一页。' }, declined_by_person: { title: '核保员没有同意承保', detail: '这是由人作出的决定，理由写在下面。你可以补充材料再请人看。' },
  },
  details: '投保信息', start_day: '从哪天开始保', start_hint: '最早明天零点起，30 天内任选一天', beneficiaries: '身故受益人', statutory: '法定', statutory_detail: '按法律规定的继承顺序', named: '指定', named_detail: '写明给谁、给多少', share_of: '{name} 的份额', drop: '移除 {name}', nobody: '家人里还没有可选的人。', sum_good: '份额合计 100%', sum_bad: '份额合计 {n}%，需要正好 100%', sum_needed: '受益份额要合计 100%', plan_later: '付款前还可以改', to_papers: '去看条款',
  proposal: '投保单', sum: '保额', covered_from: '保障期间', to: '至', read_and_sign: '看过再签', confirmed_at: '{at} 已确认', not_yet: '还没看', signature: '本人签名', signed_at: '{at} 已签', after_reading: '看完上面的再签', kept_until: '这份投保单和价格保留到 {at}。', see_policy: '看保单', see_payment: '看付款结果', to_pay: '去付款', to_sign: '去签名', to_read: '继续', expired: '这份投保单过期了', expired_detail: '价格和回答有有效期。重新走一遍，家人资料不用再填。', again: '重新投保',
  exclusions_hint: '请逐条看完，看完在下面确认。', only_you: '只对这份保单', for_all: '这款产品都有的', digest: '文本摘要', read_on: '往下看完', confirm: { clauses: '我已看完条款', exclusions: '我已看完并理解不保的情况', insured_consent: '被保险人已同意', deduction: '同意扣款约定' },
  sign: { pad: '签名区，用手指或鼠标写下姓名', here: '在这里写下你的姓名', again: '重写', what: '你要签的是', document: '投保单全文（PDF）', document_detail: '签名会绑定这份文件，改一个字都会被发现', yours: '投保人本人签名', bound: '签名和上面的文件绑定，并记下时间。', confirm: '确认签名', first: '先签名' },
  confirm_title: '确认投保', same_total: '，总价一样', agree_deduction: '同意按上面的日期和金额扣 {n} 次。', agreement: '扣款约定', withdraw_any_time: '可随时撤回。', opening_cashier: '正在打开收银台', pay: '支付 ¥{sum}', pay_after_tick: '勾选后支付 ¥{sum}',
  four: { title: '付款前，看清这四件事', today: '今天付', later: '以后再付', monthly: '每月 {day} 日', yearly: '每年 {day}', times: '，共 {n} 次', last: '最后一次 {on}，合计 ¥{sum}', nothing: '没有', nothing_detail: '这次付清，之后不再扣款', until: '保到哪天', waiting: '疾病 {on} 起赔，意外不用等', no_renewal: '到期不自动续，也不再扣款', stop: '怎么停', stop_how: '保单页点「停止扣款」或「退保」', stop_once: '保单页点「退保」', cooling: '最晚 {on} 退保，保费全退' },
}
