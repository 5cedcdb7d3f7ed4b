export default {
  filter: 'Filter', all: 'All', any: 'Any', found: '{n} products', from_a: { month: '/ month and up', year: '/ year and up', order: '/ order and up' },
  nothing: 'Nothing found', nothing_detail: 'Try other words or fewer filters. We do not stretch a product to fit.', clear: 'Clear', ask_person: 'Ask a person',
  more: 'Show {n} more', order: 'In order of publication, never ranked by price; nobody pays for a place.',
  pick: 'Compare', picked: 'Chosen', pick_name: 'Compare {name}', compare: 'Compare', compare_full: 'Three at most; remove one first', compare_now: 'Compare these {n}', chosen: '{n} chosen', one_more: 'Choose one more', drop: 'Clear',
  line: 'Kind', insurer: 'Insurer', age: 'Age of the insured (only what still accepts it)', apply: 'Show',
  lines: { medical: 'Medical', accident: 'Accident', term_life: 'Term life', freight_return: 'Freight return' },
}
