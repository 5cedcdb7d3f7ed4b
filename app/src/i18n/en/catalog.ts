export default {
  filter: 'Filter', all: 'All', any: 'Any', found: '{n} products', from_a: { month: '/ month and up', year: '/ year and up', order: '/ order and up' },
  nothing: 'Nothing found', nothing_detail: 'Try other words or fewer filters. We do not stretch a product to fit.', clear: 'Clear', ask_person: 'Ask a person',
  more: 'Show {n} more', order: 'In the order of their codes, never ranked by price; nobody pays for a place.',
  takes_age: 'takes age {n}', waiting: 'Waiting period', take_away: ', tap to remove', meant: 'Nothing exactly like that; shown for “', meant_end: '”.', partly: 'No product answers all of these words; each below answers some.',
  try: 'Try one of these:', order_words: 'By how closely they answer your words, never ranked by price; nobody pays for a place.', needs: 'Not sure what you need? Check your family’s cover',
  hints: 'Suggestions', hint: { product: 'product', line: 'kind', insurer: 'company', word: 'search' }, left: '{n}',
  pick: 'Compare', picked: 'Chosen', pick_name: 'Compare {name}', compare: 'Compare', compare_full: 'Three at most; remove one first', compare_now: 'Compare these {n}', chosen: '{n} chosen', one_more: 'Choose one more', drop: 'Clear',
  line: 'Kind', insurer: 'Insurer', age: 'Age of the insured', apply: 'Show',
  lines: {
    medical: 'Medical', critical_illness: 'Critical illness', elder_care: 'Elder care', accident: 'Accident', sudden_death: 'Sudden death', term_life: 'Term life', whole_life: 'Whole life', annuity: 'Annuity',
    compulsory_motor: 'Compulsory motor', commercial_motor: 'Commercial motor', ride: 'Cycling', shared_car: 'Shared car', travel: 'Travel', flight_delay: 'Flight delay', home: 'Home', pet: 'Pet',
    freight_return: 'Freight return', goods_quality: 'Goods quality', broken_screen: 'Broken screen', account_security: 'Account security', credit_guarantee: 'Credit guarantee',
  },
}
