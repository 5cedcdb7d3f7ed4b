export default {
  title: '付款结果', checking: '正在确认', checking_detail: '我们正在向钱包查这笔款。钱已付出也不会丢，请不要再付一次；离开这一页也会继续查。',
  paid: '付款成功', policy_ready: '保单已生效登记，电子保单正在盖章，约几秒后可下载。', policy_coming: '已收到款，正在生成保单。', see_policy: '看我的保单',
  closed: '这笔付款没有完成', sent_back: '这笔钱原路退回', closed_detail: '钱包确认没有扣款，订单已关闭。投保单和签名都还在，可以重新付款。', to_proposal: '回到投保单', to_cashier: '还没付？回收银台',
  bought: '这次买的 {n} 份', policies_ready: '{n} 份保单已生效登记，电子保单正在盖章。', closed_basket: '钱包确认没有扣款，订单已关闭。投保篮里的签名都还在，可以重新付款。', to_basket: '回到投保篮', stop: '不付了，取消这次付款', stopping: '正在向钱包确认取消',
  with: '怎么付', wallet: '钱包', wallet_note: '当场付清', transfer: '银行转账', transfer_note: '3 天内转到', to_transfer: '去转账 ¥{sum}',
  awaiting_transfer: '等你转账', awaiting_transfer_detail: '请从你的银行按页面上的账号、金额和附言转账，附言要写全。钱到账后这里会自动更新，可以先离开。', to_account: '看收款账号和附言', stopping_transfer: '正在向银行确认取消',
  transfer_closed_detail: '没有收到转账，这笔付款已关闭。投保单和签名都还在，可以重新付款；之后才到的款会原路退回。', transfer_closed_basket: '没有收到转账，这笔付款已关闭。投保篮里的签名都还在，可以重新付款；之后才到的款会原路退回。',
}
