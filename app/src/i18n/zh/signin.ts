export default {
  title: '登录', hello: '用手机号登录', kept: '不用密码。第一次登录就是注册，填过的内容都在。',
  phone: '手机号', phone_hint: '中国大陆手机号，11 位', phone_wrong: '手机号应该是 11 位数字，以 1 开头', send: '获取验证码', sending: '正在发送',
  enter_code: '输入验证码', sent_to: '已发到 {phone}', code: '6 位验证码', enter: '登录', other_phone: '换个手机号', again: '重新发送', again_in: '{n} 秒后可重发',
  demo: '演示收件箱', fill: '填入 {code}', on_its_way: '短信正在路上',
  terms: '登录只用于认出你是谁。保单、付款和健康信息会在用到时单独征求同意。',
  inbox: '演示收件箱', inbox_detail: '演示环境不会真的发短信，消息都在这里。', no_message: '还没有消息', no_message_detail: '获取验证码、投保或理赔后，短信会出现在这里。',
}
