export default {
  title: '投保篮', link: '投保篮，{n} 份', add: '放进投保篮', added: '已放进投保篮', put_in: '放进投保篮', remove: '移出', remove_of: '移出 {name} 的{product}', removed: '已移出 {product}',
  empty: '投保篮是空的', empty_detail: '想给家人一起买几份时，先放进来，最后一次付清。', to_products: '看产品', more: '再加一份', back: '回投保篮',
  lead: '每份保险各自告知、各自签名，备好后一次付款。', total: '{n} 份，今天合计', nothing_ready: '还没有可以付款的', or_basket: '先放进投保篮，和别的一起付',
  state: { to_declare: '待告知', to_fill: '待填信息', to_sign: '待签名', ready: '可以付款', paying: '正在付款', refer: '人工核保中', postponed: '暂缓承保', declined: '没有承保', withdrawn: '已停售', expired: '价格过期' },
  go: { to_declare: '去回答告知', to_fill: '去填投保信息', to_sign: '看条款、签名', paying: '看付款结果', refer: '看核保进度', postponed: '看原因', declined: '看原因' },
  next: { to_declare: '继续：{name} 的告知', to_fill: '继续：{name} 的投保信息', to_sign: '继续：看条款、签名' },
  pay: '付这 {n} 份，¥{sum}', pay_ready: '先付备好的 {n} 份，¥{sum}', price_again: '重新算价', price_all: '{n} 份一起重新算价',
  dearer: '重新算过：原来 ¥{before}，现在 ¥{now}。', cheaper: '重新算过：原来 ¥{before}，现在 ¥{now}。', same_price: '重新算过，价格没变。', loading: '已含核保加费 ¥{sum}', reply: '核保员 {name} 最晚 {at} 答复', same_costs: '和篮子里另一份《{product}》报销同一类费用：同一笔费用只赔一次，两份不会多赔。可以移出一份，也可以都留着。', family_price: '家庭价：{n} 人一起投保，要一起付款', family_offer: '{n} 人一起投保有家庭价；重新算价后要再告知、再签名。',
  sitting: '逐份签名', no_papers: '没有要签的', no_papers_detail: '先答完告知、填好投保信息，再来签。', papers_left: '还有 {n} 份要签，共 {total} 份', papers_done: '{n} 份都签好了', each_alone: '一次坐下签完，每份文件各签各的：签名只绑定它自己的内容摘要。', signed: '已签名', pages_read: '已看 {n}/{total} 页', sign_next: '签 {name} 的这份', back_to_pay: '回投保篮付款',
  confirm: '确认付款', one_payment: '一次付款，钱按保险公司分开记账；每份保单可以单独退。', all_or_nothing: '付款成功后几份保单一起生效登记；有一份不能承保，就一份都不出，全部原路退回。', today: '{n} 份，今天付', later: '从 {on} 起再扣 {n} 次，每次 ¥{sum}', tick_first: '还有 {n} 项扣款约定待勾选', leave_out: '这次先不付', take_in: '一起付',
}
