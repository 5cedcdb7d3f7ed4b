export default {
  title: 'Sign in', hello: 'Sign in by phone', kept: 'No password. The first time makes your account; what you typed is kept.',
  phone: 'Mobile number', phone_hint: 'Mainland China, 11 digits', phone_wrong: 'A mobile number has 11 digits and starts with 1', send: 'Send code', sending: 'Sending',
  enter_code: 'Enter the code', sent_to: 'Sent to {phone}', code: '6-digit code', enter: 'Sign in', other_phone: 'Another number', again: 'Send again', again_in: 'Again in {n} s',
  demo: 'Demo inbox', fill: 'Use {code}', on_its_way: 'The message is on its way',
  terms: 'Signing in only tells us who you are. Policies, payments and health data are asked about separately when needed.',
  inbox: 'Demo inbox', inbox_detail: 'The demonstration sends no real messages; they all appear here.', no_message: 'No messages yet', no_message_detail: 'After a code, a purchase or a claim, messages appear here.',
}
