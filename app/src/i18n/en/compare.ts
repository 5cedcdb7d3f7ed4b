export default {
  title: 'Comparison', count: 'Compare {n}', choose: 'Choose products',
  empty: 'Choose two or three first', empty_detail: 'Tap “Compare” in the product list to see cover, exclusions, waiting period and price side by side.',
  differences: 'The {n} differences that matter', only: 'Differences only', different: '{n} differ', same: '{n} are the same', marked: 'Underlined', mark_means: 'stands apart',
  order: 'In the order you chose them, never ranked by price; nobody pays for a place.', see: '{name}', for_whom: 'For whom', work_out: 'Compare again',
  clauses: 'The wordings', clauses_note: 'What each wording says on the same subject. Where two are alike, sentences only one has are underlined.', alike: 'the same', unlike: 'differ', no_clause: 'The wording has no point of its own on this.',
  social: { yes: 'with social insurance', no: 'without social insurance' },
}
